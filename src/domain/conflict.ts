import type { Fields, Value } from "./fields.ts";
import type { ConflictId, FlowName } from "./ids.ts";
import type { Side } from "./truth.ts";

/** A field that was changed on both sides; `base` is what both had before, null where they never agreed. */
export type ConflictField = { base: Value; source: Value; target: Value };

/** Two linked records of a two-way flow between which a person has to decide. */
export type Conflict = {
  id: ConflictId;
  flow: FlowName;
  /** Its id at the source, and at the target. */
  key: string;
  target: string;
  /** The record, to call it by. */
  record: Fields;
  fields: Readonly<Record<string, ConflictField>>;
  /** When each side was changed last, as the tools say: ISO instants; and by whom, where one of them says so. */
  changed: { source: string | null; target: string | null; by?: Record<Side, string | null> };
  /** What a person has chosen for a field and has not been carried out. */
  choices: Readonly<Record<string, Side>>;
  state:
    | { kind: "open" }
    /** Chosen for at least one field, and about to be written. */
    | { kind: "chosen"; by: string; at: Temporal.Instant }
    /** Both sides agree again; or the flow goes one way now, and its source counts. */
    | { kind: "settled"; by: string; at: Temporal.Instant; why: "agreed" | "one_way" };
  openedAt: Temporal.Instant;
  /** Grows with each change; a form holds it so that nobody decides about what they have not seen. */
  version: number;
};

/** `choices`: those that still stand. */
export type NewConflict = Pick<
  Conflict,
  "key" | "target" | "record" | "fields" | "changed" | "choices"
>;
