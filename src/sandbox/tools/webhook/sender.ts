import { randomUUID } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { type Delivered, deliverOnce } from "../deliveries.ts";
import { keyOf, signed } from "./signature.ts";

/** Where events are sent, and the secret both sides know. */
export type Destination = { url: string; secret: string };

/** How an event may come to be wrong on its way: changed, much too late, or twice. */
export const MISHAPS = ["tampered", "stale", "twice"] as const;
export type Mishap = (typeof MISHAPS)[number];

export type Sent = {
  id: string;
  at: string;
  type: string;
  subject: string | null;
  mishap: Mishap | null;
  attempts: number;
  status: number;
  answer: string;
};

export type Sender = {
  sent: Collection<Sent>;
  destination(): Destination | null;
  /** Null forgets it. */
  point(destination: Destination | null): void;
  send(given: Record<string, unknown>): Promise<Sent>;
};

const TRIES = 3;
const PAUSE_MS = 200;
const STALE_S = 3600;
const GIVEN = ["type", "subject", "source", "data", "id", "mishap"];

/** Sends signed CloudEvents: again where they are not taken, under the same id; never again after a 410. */
export function openSender(shelf: Shelf): Sender {
  const sent = shelf.collection<Sent>("sent");
  const destinations = shelf.collection<Destination>("destinations");

  return {
    sent,
    destination: () => destinations.get("one") ?? null,
    point(destination) {
      if (destination === null) return destinations.delete("one");
      keyOf(destination.secret);
      destinations.set("one", destination);
    },
    async send(given) {
      const destination = destinations.get("one");
      if (destination === undefined) throw new Error("Say first where to, by /_config.");
      const { event, mishap } = eventOf(given);
      const { attempts, answer } = await deliverSigned(destination, event, mishap);
      if (answer.status === 410) destinations.delete("one");
      const record: Sent = {
        id: event.id,
        at: event.time,
        type: event.type,
        subject: event.subject ?? null,
        mishap,
        attempts,
        status: answer.status,
        answer: answer.body.slice(0, 1000),
      };
      sent.set(`${event.id} ${String(sent.size)}`, record);
      return record;
    },
  };
}

type Event = { id: string; type: string; time: string; subject?: string; [name: string]: unknown };

function eventOf(given: Record<string, unknown>): { event: Event; mishap: Mishap | null } {
  const odd = Object.keys(given).find((name) => !GIVEN.includes(name));
  if (odd !== undefined)
    throw new Error(`An event has no ${odd}; it may have ${GIVEN.join(", ")}.`);
  const { type, subject, source = "/simulated/webhook", data = {}, id = newId(), mishap } = given;
  if (typeof type !== "string" || typeof source !== "string" || typeof id !== "string")
    throw new Error("An event has a type, as in com.example.customer.changed.");
  const known = MISHAPS.find((one) => one === mishap);
  if (mishap !== undefined && known === undefined)
    throw new Error(`The mishap is one of ${MISHAPS.join(", ")}.`);
  const event = {
    specversion: "1.0",
    id,
    source,
    type,
    ...(typeof subject === "string" && { subject }),
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
  };
  return { event, mishap: known ?? null };
}

const newId = (): string => `evt_${randomUUID().replaceAll("-", "")}`;

async function deliverSigned(
  { url, secret }: Destination,
  event: Event,
  mishap: Mishap | null,
): Promise<{ attempts: number; answer: Delivered }> {
  const body = JSON.stringify(event);
  const once = () => {
    const timestamp = Math.floor(Date.now() / 1000) - (mishap === "stale" ? STALE_S : 0);
    return deliverOnce({
      url,
      headers: {
        "content-type": "application/cloudevents+json; charset=UTF-8",
        "webhook-id": event.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signed(secret, { id: event.id, timestamp, body }),
      },
      body: mishap === "tampered" ? body.replace('"1.0"', '"1.0" ') : body,
    });
  };
  if (mishap === "twice") await once();
  let answer = await once();
  let attempts = 1;
  while (attempts < TRIES && isWorthAnother(answer)) {
    await new Promise((resolve) => setTimeout(resolve, waitAfter(answer, attempts)).unref());
    answer = await once();
    attempts += 1;
  }
  return { attempts, answer };
}

/** A "no" for good is believed. */
const isWorthAnother = ({ status }: Delivered): boolean =>
  status === 0 || status === 429 || status >= 500;

function waitAfter({ headers }: Delivered, attempts: number): number {
  const seconds = Number(headers.get("retry-after"));
  return seconds > 0 && seconds <= 30 ? seconds * 1000 : PAUSE_MS * attempts;
}
