import type { Inbox, InboxEnd, Kept } from "#domain/ports/inbox.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { ObjectPlan } from "./compile-object.ts";
import { absent, recordOf } from "./records.ts";

const pageSize = 500;

/** An object whose records were sent to us: the newest of each, in the order in which they came. */
export function openInboxSource(
  plan: ObjectPlan,
  { inbox, end, country }: { inbox: Inbox; end: InboxEnd; country: string | null },
): Source {
  const toRecord = ({ record, gone, content, at }: Kept): SourceRecord => {
    const read = recordOf(plan, { id: record, text: content, isGone: gone }, country);
    return { ...read, changedAt: read.changedAt ?? at.toString() };
  };

  return {
    sweeps: "never",
    references: plan.fields.references,

    estimate: (from) => inbox.count(end, from),

    async *pages(from, { gone, signal }) {
      for (let place = from; ;) {
        signal.throwIfAborted();
        const { records, mark } = await inbox.after(end, place, pageSize);
        const read = records.map(toRecord);
        yield {
          records: gone ? read : read.filter(({ content }) => content.kind === "live"),
          checkpoint: mark,
        };
        if (records.length < pageSize) return;
        place = mark;
      }
    },

    async read(ids) {
      const known = new Map((await inbox.newest(end, ids)).map((kept) => [kept.record, kept]));
      return ids.map((id) => {
        const kept = known.get(id);
        return kept === undefined ? absent(id) : toRecord(kept);
      });
    },

    content: null,
  };
}
