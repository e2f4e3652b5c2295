import type { ConnectionName } from "../ids.ts";

/** Somebody who asked to be told of an event, and where. The address is a secret of theirs. */
export type Subscription = { id: string; event: string; url: string };

/** Who asked to be told of what a connection does: Zaps that are switched on. */
export type Subscriptions = {
  /** Undefined where the connection has as many as it may. */
  add(
    connection: ConnectionName,
    asked: { event: string; url: string },
    at: Temporal.Instant,
  ): Promise<Subscription | undefined>;
  /** False where there is none of this id. What waits to be delivered there is over. */
  remove(connection: ConnectionName, id: string): Promise<boolean>;
  find(connection: ConnectionName, id: string): Promise<Subscription | undefined>;
  /** Those who asked for this event, in the order in which they did. */
  to(connection: ConnectionName, event: string): Promise<readonly Subscription[]>;
  all(connection: ConnectionName): Promise<readonly Pick<Subscription, "id" | "event">[]>;
};
