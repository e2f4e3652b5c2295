import type { ServerResponse } from "node:http";
import type { Altered, Delayed, Effect } from "./faults.ts";
import { type Answer, json } from "./http.ts";

/** How a tool words the failures that a fault asks for. */
export type Wording = {
  tooManyRequests(retryAfter: string | null): Answer;
  serverError(status: number): Answer;
  expiredToken(): Answer;
  notFound(path: string): Answer;
  wrongMethod(method: string): Answer;
};

export const isDelayed = (effect: Effect): effect is Delayed =>
  ["timeout", "reset", "slow", "drip"].includes(effect.kind);

/** What is sent instead of the answer that is due, which is made only where the fault says so. */
export async function altered(
  effect: Altered,
  due: () => Promise<Answer>,
  wording: Wording,
): Promise<Answer> {
  await doneFirst(effect, due);
  switch (effect.kind) {
    case "too_many_requests":
      return wording.tooManyRequests(effect.retry_after);
    case "server_error":
      return wording.serverError(effect.status);
    case "expired_token":
      return wording.expiredToken();
    case "html":
      return maintenance(effect.status);
    case "answer":
      return typeof effect.body === "string"
        ? { ...json(effect.status, null), body: effect.body }
        : json(effect.status, effect.body);
    case "truncated":
    case "byte_order_mark":
    case "drifted":
      return rewritten(await due(), rewrites[effect.kind]);
    case "reshuffled":
      return rewritten(await due(), (body) => reshuffled(body, effect.drop));
    default:
      return effect satisfies never;
  }
}

/** A fault that comes after the write leaves it done; only its answer is lost. */
async function doneFirst(effect: Effect, due: () => Promise<Answer>): Promise<void> {
  if ("when" in effect && effect.when === "after") await due();
}

const rewrites = {
  truncated: (body: string) => body.slice(0, body.length / 2),
  byte_order_mark: (body: string) => `\uFEFF${body}`,
  drifted,
};

const rewritten = (answer: Answer, rewrite: (body: string) => string): Answer => ({
  ...answer,
  body: rewrite(answer.body.toString()),
});

const maintenance = (status: number): Answer => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><title>Down for maintenance</title><p>We will be back shortly.</p>",
});

function drifted(body: string): string {
  const more = (value: unknown, inList: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => more(item, true));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([name, one]) => [name, more(one, false)]);
    return Object.fromEntries(inList ? [["new_member", { a: [1, null] }], ...members] : members);
  };
  try {
    return JSON.stringify(more(JSON.parse(body), false));
  } catch {
    return body;
  }
}

function reshuffled(body: string, drop: number): string {
  const value = JSON.parse(body) as Record<string, unknown>;
  const list = Object.entries(value).find(([, part]) => Array.isArray(part));
  if (list === undefined) return body;
  const [name, items] = list as [string, unknown[]];
  return JSON.stringify({ ...value, [name]: items.toReversed().slice(drop) });
}

/** Sends the answer late, in a way that cannot be read, or not at all. */
export async function delay(
  effect: Delayed,
  due: () => Promise<Answer>,
  outgoing: ServerResponse,
  send: (outgoing: ServerResponse, answer: Answer) => void,
): Promise<void> {
  await doneFirst(effect, due);
  switch (effect.kind) {
    case "timeout":
      return; // Left open; it ends when either side closes.
    case "reset":
      outgoing.socket?.resetAndDestroy();
      return;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, effect.ms).unref());
      return send(outgoing, await due());
    case "drip": {
      outgoing.writeHead(200, { "content-type": "application/json" });
      const drops = setInterval(() => outgoing.write(" "), effect.ms).unref();
      outgoing.on("close", () => clearInterval(drops));
      return;
    }
    default:
      return effect satisfies never;
  }
}
