import type { Fields } from "./fields.ts";

/** What a run is about to do to records that are linked already. */
export type Foresight = {
  changes: number;
  deletes: number;
  /** How many records are linked, of which these are some. */
  linked: number;
  /** Told by keys, actions and contents: the same set has the same, whatever its order. */
  set: string;
  /** The first of them. */
  samples: readonly ForeseenAct[];
};

/** `from` is what both sides agreed on last; only fields that change are in it and in `to`. */
export type ForeseenAct = {
  key: string;
  action: "change" | "delete";
  from: Fields;
  to: Fields;
};
