import type { Connection } from "../connection.ts";
import type { Event } from "../event.ts";
import type { Attempt, Delivery, Due, Endpoint, Which } from "../delivery.ts";
import type { ConnectionName } from "../ids.ts";

/** Events on their way to connections, and what came of each try. */
export type Deliveries = {
  /**
   * Takes one that is due, for this worker alone until `until`: of a connection that is on, has not asked
   * for a pause and is not busy with `most` others. Whoever dies with one in hand loses it then.
   */
  take(at: Temporal.Instant, until: Temporal.Instant, most: number): Promise<Due | undefined>;
  /** Notes a try. It goes on at `next`; without one it is over, as `state` says. */
  tried(
    id: string,
    attempt: Attempt,
    then: { state: Delivery["state"]; next: Temporal.Instant | null },
  ): Promise<void>;
  /** When one may be due; null where none waits. */
  nextDue(): Promise<Temporal.Instant | null>;
  /** Newest first. */
  list(
    connection: ConnectionName,
    page: { skip: number; limit: number },
  ): Promise<{ deliveries: readonly Delivery[]; total: number }>;
  counts(connection: ConnectionName): Promise<Readonly<Record<Delivery["state"], number>>>;
  /** How many there are of these, and since when any are kept at all. */
  count(connection: ConnectionName, which: Which): Promise<number>;
  /** Has them delivered once more, from the first try on; returns how many. */
  again(connection: ConnectionName, which: Which, at: Temporal.Instant): Promise<number>;

  endpoint(connection: ConnectionName): Promise<Endpoint>;
  /** It took something. */
  worked(connection: ConnectionName): Promise<void>;
  /** It did not; since when that is so without a break. */
  failed(connection: ConnectionName, at: Temporal.Instant): Promise<Temporal.Instant>;
  /** It asked for a pause. */
  pause(connection: ConnectionName, until: Temporal.Instant): Promise<void>;
  /** Compare and set: false where it is so already. What waits for one that is switched on is due at once. */
  turn(
    connection: ConnectionName,
    to: { kind: "on" } | Extract<Endpoint, { kind: "off" }>,
    at: Temporal.Instant,
  ): Promise<boolean>;
};

/** How a try went. `answer` holds nothing secret, and may be long. */
export type Answered = {
  /** Null where no answer came. */
  status: number | null;
  answer: string;
  /** How long it asks to be left alone, in milliseconds; null where it does not. */
  waitMs: number | null;
};

/** Tells connections of what happens here. */
export type Telling = {
  /** Sends an event once, and answers what came of it. */
  tell(connection: Connection, event: Event, signal: AbortSignal): Promise<Answered>;
};
