import type { Grip } from "../grip.ts";

/**
 * The way of work that can wait: it has half of what a connection may ask for, and lets others go first.
 * Once `leave` is aborted nothing more is sent (RetryLater); what was sent is answered.
 */
export type Lane = { leave: AbortSignal };

/** On what terms the ends of a flow are used. */
export type Terms = { lane?: Lane | undefined; grip?: Grip | undefined };

/** What work that can wait may ask of an object. */
export type Allotment = {
  /** How many records one call reads by their ids, finds and writes; 0 where it cannot. */
  reads: number;
  finds: number;
  writes: number;
  /** Calls a minute; null where no limit is known. */
  perMinute: number | null;
  /** Calls left today, as the tool said last to this process; null where it did not. */
  leftToday: number | null;
};
