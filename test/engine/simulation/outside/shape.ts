import type { Target } from "#domain/ports/tools.ts";
import type { SeededChance } from "../../../support/memory/chance.ts";

/** What kind of tool it is: each way in which one is spoken to differs from another. */
export type Shape = {
  paging: "cursor" | "keyset" | "next_url" | "page" | "position";
  writes: "batch" | "single";
  repeat: Target["repeat"];
  /** Whether an update has to name the version that it changes. */
  versions: boolean;
  /** How a delete is seen: in the record, in a list of its own, or by asking for each. */
  deletes: "flag" | "list" | "sweep";
  /** Whether it tells us of its changes. */
  told: boolean;
  /** How the results of a batch are told apart: by what was sent with them, unless a bug says otherwise. */
  matched: "key" | "position";
  /** Seconds for which its search does not show what was just written. */
  findLag: 0 | 5;
  /** Its list of changes comes from an index that shows every record as it was so many seconds ago. */
  behind: 0 | 20;
  /** Whether the manifest says so: that the list tells which records changed, and not what they hold. */
  compact: boolean;
};

export const drawShape = (chance: SeededChance): Shape => ({
  paging: chance.pick(["cursor", "cursor", "keyset", "next_url", "page", "position"]),
  writes: chance.pick(["batch", "batch", "single"]),
  repeat: chance.pick(["request_id", "request_id", "upsert", "lookup", "lookup", "nothing"]),
  versions: chance.happens(0.4),
  deletes: chance.pick(["flag", "flag", "list", "sweep"]),
  told: chance.happens(0.3),
  matched: "key",
  findLag: chance.pick([0, 0, 5]),
  behind: 0,
  compact: false,
});

/** As some search engines beside a database are. */
export const behind = (shape: Shape): Shape => ({ ...shape, behind: 20, compact: true });

/** A page may be longer than was asked for, or shorter, without anything being lost. */
export const isFree = ({ paging }: Shape): boolean =>
  paging === "cursor" || paging === "next_url" || paging === "keyset";

/** Whether a delete while it is read can move a record to a page that was read already. */
export const canSlip = ({ paging }: Shape): boolean => paging === "page" || paging === "position";
