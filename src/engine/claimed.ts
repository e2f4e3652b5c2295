import type { Flow } from "#domain/flow.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Run } from "#domain/run.ts";
import type { Carried } from "./carried.ts";

/** A run in this worker's hands, with its flow opened at both ends. */
export type Claimed = {
  run: Run;
  epoch: number;
  flow: Flow;
  ends: Ends;
  /** Who is behind it: `Tieline` or the person who started it. */
  by: string;
  /** Ends reads when somebody cancels the run. */
  stop: AbortSignal;
  /** For writes: never aborted, because what was sent must be stored. */
  calls: AbortSignal;
  carried: Carried;
};
