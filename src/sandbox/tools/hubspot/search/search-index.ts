import type { Change, CrmRecord } from "../records/records.ts";

export type SearchIndex = {
  /** What there was before anything changed. */
  fill(records: Iterable<CrmRecord>): void;
  /** A change becomes visible to searches only after the lag; until then they see what was. */
  hear(change: Change): void;
  /** What a search sees now: records that are not archived. */
  visible(): Iterable<CrmRecord>;
  lagMs: number;
};

/** HubSpot's search runs on an index of its own that trails the records. */
export function openSearchIndex(lagMs: number): SearchIndex {
  const seen = new Map<string, CrmRecord>();
  let waiting: { due: number; change: Change }[] = [];

  const see = (record: CrmRecord) => {
    if (record.archivedAt === null) seen.set(record.id, record);
    else seen.delete(record.id);
  };
  const take = (change: Change) => {
    if (change.kind === "merged") {
      seen.delete(change.primary.id);
      seen.delete(change.loser.id);
    }
    if (change.kind === "forgotten") seen.delete(change.record.id);
    else see(change.record);
  };

  return {
    lagMs,
    fill: (records) => {
      for (const record of records) see(record);
    },
    hear(change) {
      waiting.push({ due: Date.now() + this.lagMs, change });
    },
    visible() {
      const now = Date.now();
      const later = waiting.findIndex(({ due }) => due > now);
      const ready = later === -1 ? waiting : waiting.slice(0, later);
      waiting = later === -1 ? [] : waiting.slice(later);
      for (const { change } of ready) take(change);
      return seen.values();
    },
  };
}
