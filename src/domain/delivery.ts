import type { Event, EventType } from "./event.ts";
import type { ConnectionName, FlowName } from "./ids.ts";
import type { Write, WriteRequest } from "./record.ts";

/** Where events go: to a connection's own address, or to that of somebody who asked to be told there. */
export type Address = { connection: ConnectionName; subscription: string | null };

/** One try to deliver an event. `status` is null where no answer came; `answer`: how what came begins. */
export type Attempt = { at: Temporal.Instant; status: number | null; ms: number; answer: string };

/** Whether it says that the event was taken. */
export const isTaken = ({ status }: Pick<Attempt, "status">): boolean =>
  status !== null && status >= 200 && status < 300;

/** An event on its way to an address that is told of such. */
export type Delivery = Address & {
  id: string;
  /** Which flow sent it as it wrote to the connection; null where it is an event of our own. */
  flow: FlowName | null;
  event: Pick<Event, "id" | "type" | "subject" | "at">;
  /** `failed`: we have tried it as often as we ever do; of what a flow sent, that it was not taken. */
  state: "waiting" | "delivered" | "failed";
  /** When it is tried next; nothing for one that does not wait. */
  next: Temporal.Instant | null;
  /** The oldest first; of very many the newest. */
  attempts: readonly Attempt[];
};

/** What is delivered: an event of our own, or once more what a flow wrote to an object of the connection. */
export type Parcel =
  { kind: "event"; event: Event } | { kind: "written"; object: string; request: WriteRequest };

/** One that is to be tried now. `tried`: how often it was since it was last asked for. */
export type Due = Address & { id: string; tried: number; parcel: Parcel };

/** A try to tell somebody of a record that a flow writes. `event`: the request's id, under which it goes out. */
export type Sending = Address & {
  event: string;
  type: EventType;
  subject: string;
  object: string;
  write: Write;
  attempt: Attempt;
};

/** How an address takes what it is told. */
export type Endpoint =
  | { kind: "on"; failingSince: Temporal.Instant | null }
  /** Nothing is sent there; `reason` in a sentence. */
  | { kind: "off"; reason: string; at: Temporal.Instant; by: string };

/** Which deliveries: one, or all of the events that happened from one moment to another. */
export type Which =
  { kind: "one"; id: string } | { kind: "range"; from: Temporal.Instant; to: Temporal.Instant };

/** Between one try and the next: what Standard Webhooks 1.0 proposes, after the first, which is at once. */
const waits = [
  { seconds: 5 },
  { minutes: 5 },
  { minutes: 30 },
  { hours: 2 },
  { hours: 5 },
  { hours: 10 },
  { hours: 14 },
  { hours: 20 },
  { hours: 24 },
] as const;

/** Up to a tenth later, so that what failed together does not come back together. */
const jitter = 0.1;

/** When to try again after so many tries; null where that was the last. `fraction` is from 0 to 1. */
export function nextTry(
  tried: number,
  at: Temporal.Instant,
  fraction: number,
): Temporal.Instant | null {
  const wait = waits[tried - 1];
  if (wait === undefined) return null;
  const ms = Temporal.Duration.from(wait).total("milliseconds");
  return at.add({ milliseconds: Math.round(ms * (1 + jitter * fraction)) });
}

/** An endpoint that has taken nothing for so long is switched off. */
export const patienceHours = 5 * 24;
