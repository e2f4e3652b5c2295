import { randomUUID } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { type Answer, json, type Request, type Route } from "../http.ts";
import { type Envelope, problemsWith } from "./envelope.ts";
import { isSigned, TOLERANCE_S } from "./signature.ts";

/** One attempt to deliver something here, and what was made of it. */
export type Delivery = {
  id: string;
  at: string;
  webhookId: string;
  verdict: "taken" | "duplicate" | "refused" | "told to";
  status: number;
  /** Why it was not taken; null where it was. */
  because: string | null;
  event: Envelope | null;
  body: string;
};

/** What it answers instead, `times` times or until it is told otherwise. */
export type Told = { status: number; retry_after: string | null; times: number };

export type Receiver = {
  routes: Route[];
  deliveries: Collection<Delivery>;
  /** Verifies signatures with this secret from now on. */
  use(secret: string): void;
  answers: Told | null;
};

export const RECEIVER_PATH = "/events";

/**
 * Takes CloudEvents in structured form that are signed as Standard Webhooks says, each id once: another
 * attempt at one that was taken is answered as the first was, and changes nothing.
 */
export function openReceiver(shelf: Shelf, secret: string): Receiver {
  const deliveries = shelf.collection<Delivery>("deliveries");
  const secrets = shelf.collection<string>("secrets");

  const keep = (
    request: Request,
    rest: Pick<Delivery, "verdict" | "status" | "because" | "event">,
  ) => {
    const delivery: Delivery = {
      id: randomUUID(),
      at: new Date().toISOString(),
      webhookId: headerOf(request, "webhook-id"),
      body: request.body,
      ...rest,
    };
    deliveries.set(delivery.id, delivery);
    return answerOf(delivery);
  };

  function receive(request: Request): Answer {
    const told = takeAnswer();
    if (told !== null) {
      const answer = keep(request, { verdict: "told to", status: told.status, because: null, event: null }); // prettier-ignore
      const wait = told.retry_after === null ? {} : { "retry-after": told.retry_after };
      return { ...answer, headers: { ...answer.headers, ...wait } };
    }
    const refusal = strangeness(request, secrets.get("one") ?? secret);
    if (refusal !== null) return keep(request, { verdict: "refused", ...refusal, event: null });
    const event = eventIn(request.body);
    const problems = event === null ? ["the body is no JSON object"] : problemsWith(event, request.raw.length); // prettier-ignore
    const id = headerOf(request, "webhook-id");
    if (event !== null && event["id"] !== id) problems.push("id must be the webhook-id");
    if (problems.length > 0)
      return keep(request, { verdict: "refused", status: 400, because: `${problems.join("; ")}.`, event }); // prettier-ignore
    const first = [...deliveries.values()].find(
      ({ verdict, webhookId }) => verdict === "taken" && webhookId === id,
    );
    if (first === undefined)
      return keep(request, { verdict: "taken", status: 204, because: null, event });
    const because = first.body === request.body ? "It came before." : "It came before, with another body."; // prettier-ignore
    return keep(request, { verdict: "duplicate", status: 204, because, event });
  }

  function takeAnswer(): Told | null {
    const told = self.answers;
    if (told === null) return null;
    self.answers = told.times > 1 ? { ...told, times: told.times - 1 } : null;
    return told;
  }

  const self: Receiver = {
    deliveries,
    use: (one) => secrets.set("one", one),
    answers: null,
    routes: [
      { method: "POST", path: RECEIVER_PATH, handle: receive },
      // The handshake by which a receiver agrees to be sent to. Source: CloudEvents, http-webhook.md.
      {
        method: "OPTIONS",
        path: RECEIVER_PATH,
        handle: (request) => ({
          status: 200,
          headers: {
            allow: "POST, OPTIONS",
            "webhook-allowed-origin": headerOf(request, "webhook-request-origin") || "*",
            "webhook-allowed-rate": headerOf(request, "webhook-request-rate") || "120",
          },
          body: "",
        }),
      },
    ],
  };
  return self;
}

const headerOf = ({ headers }: Request, name: string): string => String(headers[name] ?? "");

/** Why this cannot be from whom it should be, or cannot be read; null if it can. */
function strangeness(
  request: Request,
  secret: string,
): Pick<Delivery, "status" | "because"> | null {
  const [id, timestamp, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
    (name) => headerOf(request, name),
  ) as [string, string, string];
  if (id === "" || id.includes(".")) return { status: 401, because: "webhook-id is missing or has a dot." }; // prettier-ignore
  if (!/^\d+$/.test(timestamp)) return { status: 401, because: "webhook-timestamp is no number of seconds." }; // prettier-ignore
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S)
    return { status: 401, because: "webhook-timestamp is more than five minutes away." };
  const message = { id, timestamp: Number(timestamp), body: request.body };
  if (!isSigned(secret, signature, message)) return { status: 401, because: "webhook-signature does not fit." }; // prettier-ignore
  const type = headerOf(request, "content-type").toLowerCase().replaceAll(" ", "");
  if (/^application\/cloudevents\+json(;charset=utf-8)?$/.test(type)) return null;
  return { status: 415, because: "Content-Type must be application/cloudevents+json." };
}

function eventIn(body: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(body);
    const whole = typeof value === "object" && value !== null && !Array.isArray(value);
    return whole ? (value as Envelope) : null;
  } catch {
    return null;
  }
}

const answerOf = ({ status, because }: Delivery): Answer =>
  status === 204
    ? { status, headers: {}, body: "" }
    : json(status, { error: because ?? "It was told to answer so." });
