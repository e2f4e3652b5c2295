import type { DeadLetterId, FlowName, IncidentId, RunId } from "../ids.ts";
import type { Run, RunState, RunTrigger, RunWork } from "../run.ts";

/** A sync that is asked for. */
export type NewRun = {
  flow: FlowName;
  trigger: RunTrigger;
  work: Extract<RunWork, { kind: "sync" }>;
  channel: string | null;
};

/** A bulk retry that is asked for; `total`: how many dead letters it is expected to find. */
export type NewBulk = {
  flow: FlowName;
  incident: IncidentId | null;
  by: string;
  as: number | null;
  total: number;
  channel: string | null;
};

/** Rows that say what runs there are. */
export type Runs = {
  /** The sync already queued or under way for this flow, or a new one. */
  queue(run: NewRun, at: Temporal.Instant): Promise<{ run: Run; fresh: boolean }>;
  /**
   * Takes those of these dead letters that are open for a new retry, in one statement: two people
   * pressing Retry cannot both win, and none is ever taken without a run that will let go of it. The
   * run's work names those it got; undefined when it got none. `as`: by that version of the flow. `unsure`: those
   * too that may have been written already, which nobody tries again who did not look first.
   */
  retry(
    flow: FlowName,
    letters: readonly DeadLetterId[],
    by: string,
    at: Temporal.Instant,
    about?: { as?: number | undefined; unsure?: boolean },
  ): Promise<Run | undefined>;
  /** The bulk retry that is not over yet for this flow, or a new one: there is one at a time. */
  retryAll(bulk: NewBulk, at: Temporal.Instant): Promise<{ run: Run; fresh: boolean }>;
  /**
   * Takes the next open dead letters for a bulk retry, oldest first, under its epoch: those that were
   * there when it was asked for, each once. What may have been written already is left out. None when
   * it has come to all of them, or the epoch is another. Those it took before must be settled.
   */
  takeMore(
    id: RunId,
    epoch: number,
    most: number,
    at: Temporal.Instant,
  ): Promise<readonly DeadLetterId[]>;
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
  /** Queued, running, waiting and paused ones. */
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
   * A sign of life. Returns whether the flow is `ours` still, under this epoch, and whether somebody asked
   * for the run to stop, or to pause and who; nobody where it is not.
   */
  beat(
    id: RunId,
    epoch: number,
  ): Promise<{ ours: boolean; cancelled: boolean; by: string | null; paused: string | null }>;
  /**
   * Compare and set: false when it is over already, or the epoch is another. The dead letters that a
   * retry took and did not come to are open again once it is over, here as after `cancel`. It pauses only
   * while somebody wants it to, and nobody wants it to stop.
   */
  turn(id: RunId, epoch: number, state: RunState, at: Temporal.Instant): Promise<boolean>;
  setTotal(id: RunId, total: number): Promise<void>;
  /** Asks for a stop. A queued or waiting run is cancelled at once; false when it is over already. */
  cancel(id: RunId, by: string, at: Temporal.Instant): Promise<boolean>;
  /** Asks a bulk retry to pause: at once where it is not running. False when it is over or paused. */
  pause(id: RunId, by: string): Promise<boolean>;
  /** Queues a paused one again, or takes the wish to pause back; false when there is none. */
  resume(id: RunId): Promise<boolean>;
};
