import type { Event, EventType, NewEvent } from "../event.ts";
import type { Json } from "../json.ts";

/**
 * What happens here, kept for those who want to hear of it. Whoever publishes does not know them: an event
 * that nobody waits for is not kept.
 */
export type Events = {
  /** Types that somebody waits for: a flow that is on, a connection that is told, or who asked to be. */
  wanted(): Promise<ReadonlySet<EventType>>;
  /** Keeps it where somebody waits for it; false where nobody does. */
  publish(event: NewEvent, at: Temporal.Instant): Promise<boolean>;
  /**
   * Those that were not handed out yet, the oldest first, and the mark up to which they go. `later`: there
   * are others, which can be handed out once what is being stored beside them is.
   */
  next(limit: number): Promise<{ events: readonly Event[]; mark: Json; later: boolean }>;
  /**
   * Everybody up to the mark is told: each connection that wants to be and each who asked to be has a
   * delivery, so many are new. Who asked is told as it is written of what a flow writes to that connection.
   */
  handedOut(mark: Json, at: Temporal.Instant): Promise<number>;
  /** Forgets what is older, and the deliveries of it. */
  forget(before: Temporal.Instant): Promise<void>;
};
