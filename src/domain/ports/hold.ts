import type { Foresight } from "../foresight.ts";
import type { IncidentId } from "../ids.ts";
import type { Run } from "../run.ts";

/** A run that was about to do more than its flow's guard allows. */
export type HeldRun = { run: Run; incident: IncidentId; foresight: Foresight };

/** Asks people whether it may do it; harmless to repeat. */
export type Hold = (held: HeldRun) => Promise<void>;
