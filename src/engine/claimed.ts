import type { Flow } from "#domain/flow.ts";
import type { Ends, Target } from "#domain/ports/tools.ts";
import type { Run } from "#domain/run.ts";
import type { Spoke } from "#domain/spoke.ts";
import type { Way } from "#domain/truth.ts";
import type { Carried } from "./carried.ts";
import type { Bring } from "./references.ts";
import type { Wanted } from "./wanted.ts";

/** A run in this worker's hands, with its flow opened at both ends. */
export type Claimed = {
  run: Run;
  epoch: number;
  /** Which way records go in this half of the run; always there in a flow that goes one way. */
  way: Way;
  /** As this half sees it: on the way back its source is the flow's target. */
  flow: Flow;
  ends: Ends;
  /** Where this half reads, as it can be written and searched; null in a flow that goes one way. */
  own: Pick<Target, "holds" | "searchable" | "find"> | null;
  /** Of a flow to the hub or from it, which weighs what both sides have like a two-way one. */
  spoke: Spoke | null;
  /** Who is behind it: `Tieline` or the person who started it. */
  by: string;
  /** Ends reads when somebody cancels the run. */
  stop: AbortSignal;
  /** For writes: never aborted, because what was sent must be stored; of a bulk retry see patience.ts. */
  calls: AbortSignal;
  carried: Carried;
  /** As a checkpoint is signed with it; none where time has no part in the flow's filter. */
  day?: string | null;
  /** None where nothing may be brought along. */
  bring?: Bring;
  wanted: Wanted;
};
