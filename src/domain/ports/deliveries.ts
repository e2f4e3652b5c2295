import type { Connection } from "../connection.ts";
import type { Address, Attempt, Delivery, Due, Endpoint, Parcel, Which } from "../delivery.ts";
import type { ConnectionName } from "../ids.ts";

/** Events on their way to those who are told of them, and what came of each try. */
export type Deliveries = {
  /**
   * Takes one that is due, for this worker alone until `until`: to an address that is on, has not asked
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
  /** To the connection's own address and to all who asked to be told there, the newest first. */
  list(
    connection: ConnectionName,
    page: { skip: number; limit: number },
  ): Promise<{ deliveries: readonly Delivery[]; total: number }>;
  find(connection: ConnectionName, id: string): Promise<Delivery | undefined>;
  /** Of all of a connection's, or of those to one of its addresses. */
  counts(
    to: Pick<Address, "connection"> & Partial<Address>,
  ): Promise<Readonly<Record<Delivery["state"], number>>>;
  /** How many there are of these that somebody may still take. */
  count(connection: ConnectionName, which: Which): Promise<number>;
  /** Has those delivered once more, from the first try on; returns how many. */
  again(connection: ConnectionName, which: Which, at: Temporal.Instant): Promise<number>;

  endpoint(address: Address): Promise<Endpoint>;
  /** It took something. */
  worked(address: Address): Promise<void>;
  /** It did not; since when that is so without a break. */
  failed(address: Address, at: Temporal.Instant): Promise<Temporal.Instant>;
  /** It asked for a pause. */
  pause(address: Address, until: Temporal.Instant): Promise<void>;
  /** Compare and set: false where it is so already. What waits for one that is switched on is due at once. */
  turn(
    address: Address,
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
  /**
   * Sends it once, to the connection's own address or to whoever asked for it by this subscription, and
   * answers what came of it.
   */
  tell(
    connection: Connection,
    parcel: Parcel,
    to: { subscription: string | null; signal: AbortSignal },
  ): Promise<Answered>;
};
