import type { Shelf } from "../../../collection.ts";
import { localTime } from "../time.ts";
import type { Gone } from "./entity.ts";

export type GoneRecords = {
  add(id: string): Gone;
  all(): Iterable<Gone>;
};

/** What was deleted, as long as changes may be asked for. */
export function openGone(shelf: Shelf, entity: string): GoneRecords {
  const kept = shelf.collection<Gone>(`${entity.toLowerCase()}s_gone`);
  return {
    add(Id) {
      const MetaData = { LastUpdatedTime: localTime(Date.now()) };
      const gone: Gone = { domain: "QBO", status: "Deleted", Id, MetaData };
      kept.set(Id, gone);
      return gone;
    },
    all: () => kept.values(),
  };
}
