import type { FlowName, RunId } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { Way } from "#domain/truth.ts";
import { makeBreaker, type Breaker } from "./breaker.ts";
import type { Tally } from "./guard.ts";
import type { LetThrough } from "./let-through.ts";
import { makeRecent, type Recent } from "./recent.ts";

/** What a run knows of itself from one claim to the next. */
export type Carried = {
  /** Waits in a row for a tool that does not work, with nothing stored in between. */
  attempts: number;
  waitingSince: Temporal.Instant | null;
  ways: Readonly<Record<Way, Half>>;
};

/** The same of one half of it. */
export type Half = {
  /** Null until it is first asked for. */
  guarded: Guarded | null;
  breaker: Breaker;
  recent: Recent;
  /** Keys of which nobody can tell whether they were written. Grows while the run goes. */
  inDoubt: Set<string>;
};

/** What a run's guard knows. */
export type Guarded = {
  /** Linked records when the run began. */
  linked: number;
  /** What it has done to them. */
  done: { changes: number; deletes: number };
  /** What it is going to do; null while nothing of it has to be known. */
  foreseen:
    | {
        over: false;
        /** Up to a checkpoint of the source, to go on from there. */
        sofar: { at: Json | null; tally: Tally; marked: number };
        /** Kept where a person has approved a set, which it may turn out to be. */
        marks: LetThrough | null;
      }
    /** `through`: no other acts than these may be done; null where the guard allows them all. */
    | { over: true; through: { has(mark: bigint): boolean } | null }
    | null;
};

/**
 * Keeps it between the waits of a run. In memory only: in another process patience and the guard begin
 * anew, which is safe.
 */
export function makeCarrying() {
  const runs = new Map<RunId, Carried>();
  const flows = new Map<FlowName, Record<Way, Recent>>();
  const recentOf = (flow: FlowName): Record<Way, Recent> => {
    const recent = flows.get(flow) ?? { there: makeRecent(), back: makeRecent() };
    flows.set(flow, recent);
    return recent;
  };
  return {
    of({ id, flow }: { id: RunId; flow: FlowName }): Carried {
      const known = runs.get(id);
      if (known !== undefined) return known;
      const { there, back } = recentOf(flow);
      const fresh: Carried = {
        attempts: 0,
        waitingSince: null,
        ways: {
          there: { guarded: null, breaker: makeBreaker(), recent: there, inDoubt: new Set() },
          back: { guarded: null, breaker: makeBreaker(), recent: back, inDoubt: new Set() },
        },
      };
      runs.set(id, fresh);
      return fresh;
    },
    forget(id: RunId): void {
      runs.delete(id);
    },
  };
}
