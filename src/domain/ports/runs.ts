import type { DeadLetterId, FlowName, RunId } from "../ids.ts";
import type { Run, RunState, RunTrigger, RunWork } from "../run.ts";

/** A sync that is asked for. */
export type NewRun = {
  flow: FlowName;
  trigger: RunTrigger;
  work: Extract<RunWork, { kind: "sync" }>;
  channel: string | null;
};

/** Rows that say what runs there are. */
export type Runs = {
  /** The sync already queued or under way for this flow, or a new one. */
  queue(run: NewRun, at: Temporal.Instant): Promise<{ run: Run; fresh: boolean }>;
  /**
   * Takes those of these dead letters that are open for a new retry, in one statement: two people
   * pressing Retry cannot both win, and none is ever taken without a run that will let go of it. The
   * run's work names those it got; undefined when it got none.
   */
  retry(
    flow: FlowName,
    letters: readonly DeadLetterId[],
    by: string,
    at: Temporal.Instant,
    as?: number,
  ): Promise<Run | undefined>;
  /** A run that carries out what people have decided between the two sides of a flow, and nothing else. */
  carryOut(flow: FlowName, by: string, at: Temporal.Instant): Promise<Run>;
  /** A run that brings these records of the source along, for those that refer to them. */
  bring(
    flow: FlowName,
    keys: readonly string[],
    trigger: RunTrigger,
    at: Temporal.Instant,
  ): Promise<Run>;
  get(id: RunId): Promise<Run | undefined>;
  /** Newest first. */
  list(about: { flow?: FlowName; limit: number }): Promise<readonly Run[]>;
  /** Queued, running and waiting ones. */
  unfinished(): Promise<readonly Run[]>;
  /**
   * Takes the run for this worker under a new epoch. Undefined when it is over, or when another
   * worker gave a sign of life within `staleMs` on it or on any other run of this flow: a flow does one
   * thing at a time.
   */
  claim(
    id: RunId,
    at: Temporal.Instant,
    staleMs: number,
  ): Promise<{ run: Run; epoch: number } | undefined>;
  /**
   * A sign of life. Returns whether somebody asked for it to stop; false also when the epoch is not
   * this one any more, which the next commit will find.
   */
  beat(id: RunId, epoch: number): Promise<{ cancelled: boolean; by: string | null }>;
  /**
   * Compare and set: false when it is over already, or the epoch is another. The dead letters that a
   * retry took and did not come to are open again once it is over, here as after `cancel`.
   */
  turn(id: RunId, epoch: number, state: RunState, at: Temporal.Instant): Promise<boolean>;
  setTotal(id: RunId, total: number): Promise<void>;
  /** Asks for a stop. A queued or waiting run is cancelled at once; false when it is over already. */
  cancel(id: RunId, by: string, at: Temporal.Instant): Promise<boolean>;
};
