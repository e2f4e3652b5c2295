import type { Known } from "#domain/ports/ledger.ts";
import type { PageRecord, SourceRecord } from "#domain/record.ts";
import type { Item } from "./item.ts";

type Looked = ReadonlyMap<string, Known>;
type Merges = ReadonlyMap<string, readonly string[]>;

/** Ids of those that became this record, or that it became. */
export function mergedWith({ content }: PageRecord): readonly string[] {
  switch (content.kind) {
    case "unread":
      return none;
    case "live":
      return content.swallowed ?? none;
    case "gone":
      return content.into === undefined ? none : [content.into];
    default:
      return content satisfies never;
  }
}

const none: readonly string[] = [];

/**
 * A record that has swallowed another and is not linked itself takes that one's place at the target,
 * so that the target's record is updated and no second one made.
 */
export function inherit(item: Item, known: Looked, merges: Merges): void {
  const { content } = item.record;
  if (content.kind !== "live" || item.known.link !== null) return;
  for (const id of [...(content.swallowed ?? []), ...(merges.get(item.key) ?? [])]) {
    const link = known.get(id)?.link;
    if (link == null) continue;
    item.known = { ...item.known, link: { ...link, key: item.key, hash: "" } };
    item.inherits = id;
    return;
  }
}

/** Records of a page that say which other one they became, by that one. */
export function mergesIn(records: Iterable<PageRecord>): Merges {
  const merges = new Map<string, string[]>();
  for (const { id, content } of records) {
    if (content.kind !== "gone" || content.into === undefined) continue;
    merges.set(content.into, [...(merges.get(content.into) ?? []), id]);
  }
  return merges;
}

/**
 * Into which record one that is gone was merged, where that one has no place at the target yet; `here`
 * where it is on the same page, and so takes the place itself.
 */
export function heirOf(
  { content }: SourceRecord,
  known: Looked,
  page: ReadonlyMap<string, PageRecord>,
): Heir | null {
  if (content.kind !== "gone" || content.into === undefined) return null;
  if (known.get(content.into)?.link != null) return null;
  return { key: content.into, here: isThere(page.get(content.into)) };
}

const isThere = (record: PageRecord | undefined): boolean =>
  record !== undefined && record.content.kind !== "gone";

export type Heir = { key: string; here: boolean };
