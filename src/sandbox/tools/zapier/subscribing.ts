import { deliverOnce } from "../deliveries.ts";
import type { Target } from "../posting.ts";

/** Where a REST hook is asked for, and which event it is for. */
export type Subscribe = Target & { event: string };

export type Subscribed = { kind: "subscribed"; id: string } | { kind: "refused"; because: string };

const headersFor = ({ key }: Target) => ({
  "content-type": "application/json",
  authorization: `Bearer ${key}`,
});

/** Asks the other side to post its events to this address: 201 and an id, or there is no hook. */
export async function subscribe(where: Subscribe, target: string): Promise<Subscribed> {
  const answer = await deliverOnce({
    url: where.url,
    headers: headersFor(where),
    body: JSON.stringify({ target_url: target, event: where.event }),
  });
  if (answer.status !== 201)
    return { kind: "refused", because: `Subscribing was answered with ${said(answer.status)}.` };
  const id = idIn(answer.body);
  return id === null
    ? { kind: "refused", because: "The answer to subscribing has no id." }
    : { kind: "subscribed", id };
}

/** Takes it back; null where that went well, or what is in the way. */
export async function unsubscribe(where: Subscribe, id: string): Promise<string | null> {
  const url = `${where.url.replace(/\/$/, "")}/${encodeURIComponent(id)}`;
  const { status } = await deliverOnce({ url, method: "DELETE", headers: headersFor(where), body: "" }); // prettier-ignore
  const fine = status >= 200 && status < 300;
  return fine ? null : `Unsubscribing was answered with ${said(status)}.`;
}

const said = (status: number): string => (status === 0 ? "nothing" : String(status));

function idIn(body: string): string | null {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === "string" || typeof id === "number" ? String(id) : null;
  } catch {
    return null;
  }
}
