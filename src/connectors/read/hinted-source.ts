import type { Json } from "#domain/json.ts";
import type { Hint, Hints } from "#domain/ports/hints.ts";
import type { InboxEnd } from "#domain/ports/inbox.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import { z } from "zod";
import { checkpointOf } from "./checkpoint.ts";

const pageSize = 100;

/** How far the source itself was read, and up to which hint; another checkpoint is the source's alone. */
const Checkpoint = z.object({ read: z.json(), told: z.json() });

function partsOf(stored: Json | null): { read: Json | null; told: Json | null } {
  const parsed = Checkpoint.safeParse(stored);
  return parsed.success ? parsed.data : { read: stored, told: null };
}

/**
 * An object of which the tool tells us: the records it named are read again by their ids, and so are the
 * deletes it told of. Where it named none, or a read is under way, what changed is asked for as well.
 */
export function openHintedSource(
  source: Source,
  { hints, end }: { hints: Hints; end: InboxEnd },
): Source {
  /** `blind`: something changed, and the tool did not say what. */
  type Told = { page: Page; mark: Json; blind: boolean };

  async function* toldPages(
    { read, told }: ReturnType<typeof partsOf>,
    gone: boolean,
    signal: AbortSignal,
  ): AsyncIterable<Told> {
    for (let place = told; ;) {
      signal.throwIfAborted();
      const { hints: found, mark } = await hints.after(end, place, pageSize);
      if (found.length === 0) return;
      const records = (await readNamed(found, signal)).filter(
        ({ content }) => gone || content.kind === "live",
      );
      const blind = found.some(({ record }) => record === null);
      yield { page: { records, checkpoint: { read, told: mark } }, mark, blind };
      if (found.length < pageSize) return;
      place = mark;
    }
  }

  async function readNamed(found: readonly Hint[], signal: AbortSignal) {
    const into = new Map(found.map(({ record, into: heir }) => [record, heir]));
    const ids = found.flatMap(({ record }) => record ?? []);
    const records = ids.length === 0 ? [] : await source.read(ids, signal);
    return records.map((record) => merged(record, into.get(record.id) ?? null));
  }

  return {
    ...source,
    estimate: (from, signal) => source.estimate(partsOf(from).read, signal),

    async *pages(from, about) {
      const parts = partsOf(from);
      let mark = parts.told;
      let blind = false;
      // All that was told before everything is read is in what is read.
      if (parts.read === null) mark = await hints.now();
      else
        for await (const one of toldPages(parts, about.gone, about.signal)) {
          yield one.page;
          mark = one.mark;
          blind ||= one.blind;
        }
      if (about.told === true && !blind && isFinished(parts.read)) return;
      for await (const page of source.pages(parts.read, about))
        yield { ...page, checkpoint: { read: page.checkpoint, told: mark } };
    },
  };
}

/** A read that was cut short goes on, whatever asked for this one. */
const isFinished = (read: Json | null): boolean =>
  read !== null && checkpointOf(read).since !== null && checkpointOf(read).under_way === undefined;

/** What the tool said of a merge, where the record itself is only gone. */
const merged = (record: SourceRecord, into: string | null): SourceRecord =>
  record.content.kind === "gone" && into !== null && record.content.into === undefined
    ? { ...record, content: { kind: "gone", into } }
    : record;
