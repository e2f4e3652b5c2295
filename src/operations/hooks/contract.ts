import type { SubscriberView, ToldView } from "../deliveries/contract.ts";
import type { HookFacts } from "#domain/ports/connector-facts.ts";

export type HookOperations = {
  /** What of our own a connection is told of from now on; all of it. */
  "events.choose": { in: { connection: string; events: readonly string[] }; out: HooksView };
  /** What may be sent to a connection, and who asked to be told of it. Shows no token. */
  "hooks.show": { in: { connection: string }; out: HooksView };
  /** Its addresses with a fresh token, this once; the one before no longer works. */
  "hooks.renew": { in: { connection: string }; out: HooksRenewed };
  /** Somebody who asked to be told of an event is told no more. */
  "hooks.unsubscribe": {
    in: { connection: string; subscription: string };
    out: HooksView & { removed: boolean };
  };
};

export type HooksView = {
  connection: string;
  title: string;
  facts: HookFacts;
  /** When its token was made; null where it has none, and nobody can send anything. */
  madeAt: Temporal.Instant | null;
  /** Where a secret is asked for: whether one is known, so that messages can be verified. */
  verified: boolean;
  /** Addresses as they may be shown to anybody: a token in one is left out. */
  addresses: readonly HookPlace[];
  subscribers: readonly SubscriberView[];
  /** What it is told of that happens here; null where it takes none of that. */
  told: ToldView | null;
};

/** An address, and what is sent there: an object's title, or what else it is for. */
export type HookPlace = { about: string; url: string };

export type HooksRenewed = Omit<HooksView, "addresses"> & {
  addresses: readonly HookPlace[];
  /** To be sent as a bearer key; null where it stands in the addresses. */
  key: string | null;
};
