import type { Conflict } from "#domain/conflict.ts";
import type { Flow } from "#domain/flow.ts";
import type { Run } from "#domain/run.ts";
import type { Side } from "#domain/truth.ts";

export type ConflictOperations = {
  /** Those that wait for a person, the longest open first. */
  "conflicts.list": {
    in: { flow?: string; after?: string; limit?: number };
    /** `oneWay`: the ends of the flow that was asked for, where it goes one way and so nobody is ever asked. */
    out: {
      conflicts: readonly ConflictLine[];
      more: boolean;
      oneWay: { from: string; to: string } | null;
    };
  };
  /** How many wait in a flow, for its card. */
  "conflicts.of": { in: { flow: string }; out: FlowConflicts };
  /** Both sides of it, personal data in full; audited. */
  "conflicts.show": { in: { conflict: string }; out: ConflictView };
  /**
   * Chooses a side for some fields, or with `all` for every one; written by a run of its own. Refused when
   * `version` is not the newest. `always`: fields for which that side counts from now on.
   */
  "conflicts.choose": {
    in: {
      conflict: string;
      version: number;
      choices?: Readonly<Record<string, Side>>;
      all?: Side;
      always?: readonly string[];
    };
    out: { conflict: ConflictView; run: Run };
  };
};

export type ConflictLine = {
  conflict: Conflict;
  /** What to call the record; personal data, mask it in channels. */
  title: string;
};

export type FlowConflicts = {
  flow: Flow;
  titles: { from: string; to: string };
  /** Why nobody is asked any more, where the flow is not two-way, or is gone. */
  ended: "one_way" | "removed" | null;
  total: number;
  first: ConflictLine | null;
  /** How many of the first hundred are about each field, most first. */
  fields: readonly { label: string; count: number }[];
};

export type ConflictView = ConflictLine & {
  flow: Flow;
  titles: { from: string; to: string };
  fields: readonly {
    name: string;
    label: string;
    personal: boolean;
    /** What both had before, null where they never agreed; and what each has now. */
    base: string | null;
    source: string;
    target: string;
    chosen: Side | null;
  }[];
  /** Where each of them can be seen in its tool. */
  links: { source: string | null; target: string | null };
  next: string | null;
};
