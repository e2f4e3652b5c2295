import { z } from "zod";
import type { HookAnswer, HookRequest } from "#domain/ports/hooks.ts";
import type { Json } from "#domain/json.ts";
import type { Knock } from "#operations/hooks/receive.ts";
import type { Samples, Subscribed } from "#operations/hooks/subscribe.ts";
import type { WayIn } from "./way-in.ts";

/** Whoever answers what comes in at the door. */
export type Desk = {
  receive(knock: Knock): Promise<HookAnswer>;
  subscribe(key: string, asked: { event: string; url: string }): Promise<Subscribed>;
  unsubscribe(key: string, id: string): Promise<"unknown_key" | "gone">;
  sample(key: string, event: string): Promise<Samples>;
};

export type Given = Pick<HookRequest, "method" | "url" | "headers" | "body">;

/** What a Zap sends when it is switched on. Source: docs.zapier.com, REST hooks; the body is ours to choose. */
const Asked = z.strictObject({ target_url: z.url().max(2000), event: z.string().max(80) });

export async function handled(desk: Desk, way: WayIn, given: Given): Promise<HookAnswer> {
  switch (way.kind) {
    case "message": {
      const { token, shown, object } = way;
      return withChallenge(await desk.receive({ ...given, token, shown, object }), shown);
    }
    case "subscriptions":
      return given.method === "POST" ? subscribed(desk, way.token, given) : only("POST");
    case "subscription":
      if (given.method !== "DELETE") return only("DELETE");
      return (await desk.unsubscribe(way.token, way.id)) === "gone"
        ? { status: 204, headers: {}, body: "" }
        : refused({ kind: "unknown_key" });
    case "samples": {
      if (given.method !== "GET") return only("GET");
      const answer = await desk.sample(way.token, way.event);
      return answer.kind === "samples" ? json(200, answer.samples) : refused(answer);
    }
    default:
      return way satisfies never;
  }
}

async function subscribed(desk: Desk, key: string, given: Given): Promise<HookAnswer> {
  const asked = Asked.safeParse(jsonIn(given));
  if (!asked.success) return json(400, { error: "Send target_url and event, as JSON." });
  const { event, target_url: url } = asked.data;
  const answer = await desk.subscribe(key, { event, url });
  return answer.kind === "subscribed" ? json(201, { id: answer.id }) : refused(answer);
}

type Refusal = Exclude<Subscribed, { kind: "subscribed" }>;

function refused(refusal: Refusal): HookAnswer {
  switch (refusal.kind) {
    case "unknown_key":
      return withChallenge({ status: 401, headers: {}, body: "" }, "as_key");
    case "no_event":
      return json(422, { error: `There is no such event; there are ${refusal.events.join(", ")}.` }); // prettier-ignore
    case "not_there":
      return json(422, { error: "Nobody is told of events at that address." });
    case "too_many":
      return json(409, { error: "There are as many subscriptions as there may be." });
    default:
      return refusal satisfies never;
  }
}

/** A 401 says how to sign in; in an address there is nothing to say. */
const withChallenge = (answer: HookAnswer, shown: "in_address" | "as_key"): HookAnswer =>
  answer.status === 401 && shown === "as_key"
    ? { ...answer, headers: { ...answer.headers, "www-authenticate": "Bearer" } }
    : answer;

const only = (method: string): HookAnswer => ({ status: 405, headers: { allow: method }, body: "" }); // prettier-ignore

const json = (status: number, value: Json | readonly Json[]): HookAnswer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(value),
});

function jsonIn({ headers, body }: Given): unknown {
  if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
