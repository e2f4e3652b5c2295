import type { Conflict } from "../conflict.ts";
import type { ConflictId, FlowName } from "../ids.ts";
import type { Side } from "../truth.ts";

/** What waits for a person to decide between two sides. They are opened and settled by the ledger. */
export type Conflicts = {
  get(id: ConflictId): Promise<Conflict | undefined>;
  /** Those that are not settled, the longest open first. */
  list(about: { flow?: FlowName; after?: ConflictId; limit: number }): Promise<readonly Conflict[]>;
  count(flow: FlowName): Promise<number>;
  /** Of these keys of the source, those with one that is not settled. */
  of(flow: FlowName, keys: readonly string[]): Promise<ReadonlyMap<string, Conflict>>;
  /**
   * Keeps what was chosen and has both records handled again by the next run, in one statement. False
   * when the version is not the newest or it is settled.
   */
  choose(
    id: ConflictId,
    version: number,
    choices: Readonly<Record<string, Side>>,
    by: string,
    at: Temporal.Instant,
  ): Promise<boolean>;
  /** Has the records of all of them handled again by the next run: another rule counts. How many there are. */
  weighAgain(flow: FlowName): Promise<number>;
  /**
   * Ends what waits in a flow that goes one way. The registry has ended it with the change itself, but for
   * what a run was storing in that very moment.
   */
  endOfOneWay(flow: FlowName, by: string, at: Temporal.Instant): Promise<void>;
};
