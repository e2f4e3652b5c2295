/**
 * The way of work that can wait: it has half of what a connection may ask for, and lets others go first.
 * Once `leave` is aborted nothing more is sent (RetryLater); what was sent is answered.
 */
export type Lane = { leave: AbortSignal };

/** What a worker has of its flow; another may take it when this one seems to be dead. */
export type Grip = {
  /**
   * Asked just before a request leaves; null where the flow is certainly in hand.
   * @throws Fenced when it is another's by now @throws StoreAway when nobody can tell
   */
  sure(): Promise<void> | null;
};

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
