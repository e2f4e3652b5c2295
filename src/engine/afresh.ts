import { sameValue, type Fields } from "#domain/fields.ts";
import type { Known } from "#domain/ports/ledger.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { wrote } from "./once-there.ts";
import type { Mapped } from "./rules.ts";

/** `stop`: none where nothing is written, and so nothing can be undone. */
export type Reading = Pick<Claimed, "ends"> & Partial<Pick<Claimed, "spoke" | "stop">>;

/**
 * To and from the hub two flows go, each in its own time: while one has a page in hand, the other may write
 * to the same records. What the page shows of them then is older than what is agreed, and would be taken
 * for somebody's change that undoes the newest. So what may be older than the ledger is read once more;
 * the hub itself is near, and a tool is asked only about what we wrote there last.
 */
export async function readAfresh(
  { ends, spoke, stop }: Reading,
  records: ReadonlyMap<string, { made: Mapped }>,
  known: ReadonlyMap<string, Known>,
): Promise<readonly SourceRecord[]> {
  if (spoke == null || stop === undefined) return [];
  const ids = [...records].flatMap(([id, { made }]) => {
    const link = known.get(id)?.link ?? null;
    if (link === null || made.kind === "gone") return [];
    const ours = spoke.heading === "out" || link.hash === wrote || link.hash === "";
    return ours && isOther(made.content.fields, link.base) ? id : [];
  });
  return ids.length === 0 ? [] : ends.source.read(ids, stop);
}

const isOther = (content: Fields, base: Fields): boolean =>
  Object.entries(content).some(([name, value]) => !sameValue(value, base[name]));
