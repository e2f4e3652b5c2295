import type { IncomingMessage } from "node:http";
import { pathOf } from "../server.ts";

/** What somebody at the door wants, by the address they came to and the token they showed. */
export type WayIn = { token: string } & (
  | { kind: "message"; shown: "in_address" | "as_key"; object: string | null }
  | { kind: "subscriptions" }
  | { kind: "subscription"; id: string }
  | { kind: "samples"; event: string }
);

/** 32 bytes in base64url. */
const token = /^[\w-]{43}$/;
const name = /^[\w.-]{1,80}$/;

/**
 * `/hooks/TOKEN` and `/hooks/TOKEN/OBJECT`, for senders that can only be given an address; for those that
 * can show a key `/hooks/events/OBJECT`, `/hooks/subscriptions` and `/hooks/samples/EVENT`. Null where it
 * is none of these.
 */
export function wayIn({ url, headers }: Pick<IncomingMessage, "url" | "headers">): WayIn | null {
  const path = pathOf(url ?? "") ?? "";
  const [, , first = "", second = null, ...more] = path.split("/");
  if (more.length > 0 || (second !== null && !name.test(second))) return null;
  if (token.test(first))
    return { kind: "message", shown: "in_address", token: first, object: second };
  return byKey(first, second, keyIn(headers.authorization));
}

function byKey(first: string, second: string | null, key: string): WayIn | null {
  if (first === "subscriptions")
    return second === null
      ? { kind: "subscriptions", token: key }
      : { kind: "subscription", token: key, id: second };
  if (second === null) return null;
  if (first === "events") return { kind: "message", shown: "as_key", token: key, object: second };
  return first === "samples" ? { kind: "samples", token: key, event: second } : null;
}

/** Empty where there is none, which is nobody's. */
const keyIn = (header: string | undefined): string =>
  /^Bearer +([\w-]{43})$/i.exec(header?.trim() ?? "")?.[1] ?? "";
