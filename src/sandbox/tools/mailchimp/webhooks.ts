import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { deliver, deliverOnce } from "../deliveries.ts";
import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { bodyOf, checkedObject, type JsonObject, type Schema } from "./body.ts";
import { type Event, type EventName, EVENTS, eventsOf, formOf, signatureOf } from "./events.ts";
import { audienceIn } from "./lists.ts";
import type { Change, Source } from "./members.ts";
import { invalidBody, notFound } from "./problems.ts";

type Hook = {
  id: string;
  list: string;
  url: string;
  events: Record<EventName, boolean>;
  sources: Record<Source, boolean>;
  secret: string;
};

const SOURCES: readonly Source[] = ["user", "admin", "api"];
const BODY: Schema = { url: "string", events: "object", sources: "object" };

export type Webhooks = { routes: Route[]; hear(change: Change): void };

/** The webhooks of the audiences: signed forms, sent to whoever answered a GET when asked. */
export function openWebhooks(shelf: Shelf): Webhooks {
  const hooks = shelf.collection<Hook>("webhooks");
  const base = "/3.0/lists/:list/webhooks";

  function found(request: Request): Hook {
    const hook = hooks.get(request.params["hook"] ?? "");
    if (hook === undefined || hook.list !== audienceIn(request).id) throw new Refusal(notFound());
    return hook;
  }

  async function create(request: Request): Promise<Answer> {
    const { id: list } = audienceIn(request);
    const body = bodyOf(request, BODY, ["url"]);
    const url = await reachable(body["url"]);
    if ([...hooks.values()].some((hook) => hook.list === list && hook.url === url))
      throw invalidBody({ field: "url", message: "Sorry, you can't set up multiple WebHooks for one URL" }); // prettier-ignore
    const hook: Hook = {
      id: randomBytes(5).toString("hex"),
      list,
      url,
      // What is not named is off (unverified): Mailchimp does not say.
      events: flags(EVENTS, body["events"], "events"),
      sources: flags(SOURCES, body["sources"], "sources"),
      secret: randomBytes(24).toString("base64url"),
    };
    hooks.set(hook.id, hook);
    return json(200, { ...told(hook), signing_secret: hook.secret });
  }

  async function change(request: Request): Promise<Answer> {
    const hook = found(request);
    const body = bodyOf(request, BODY, []);
    const url = body["url"] === undefined ? hook.url : await reachable(body["url"]);
    const events = { ...hook.events, ...(body["events"] as object | undefined) };
    const sources = { ...hook.sources, ...(body["sources"] as object | undefined) };
    const changed: Hook = {
      ...hook,
      url,
      events: flags(EVENTS, events, "events"),
      sources: flags(SOURCES, sources, "sources"),
    };
    hooks.set(hook.id, changed);
    return json(200, told(changed));
  }

  return {
    hear(change) {
      for (const hook of hooks.values()) {
        if (hook.list !== change.audience.id || !hook.sources[change.source]) continue;
        for (const event of eventsOf(change)) if (hook.events[event.type]) void send(hook, event);
      }
    },
    routes: [
      { method: "POST", path: base, handle: create },
      {
        method: "GET",
        path: base,
        handle(request) {
          const { id: list_id } = audienceIn(request);
          const webhooks = [...hooks.values()].filter(({ list }) => list === list_id).map(told);
          return json(200, { webhooks, list_id, total_items: webhooks.length });
        },
      },
      {
        method: "GET",
        path: `${base}/:hook`,
        handle: (request) => json(200, told(found(request))),
      },
      { method: "PATCH", path: `${base}/:hook`, handle: change },
      {
        method: "DELETE",
        path: `${base}/:hook`,
        handle(request) {
          hooks.delete(found(request).id);
          return { status: 204, headers: {}, body: "" };
        },
      },
    ],
  };
}

/** Without the secret, which is told once. */
const told = ({ id, list, url, events, sources }: Hook) => ({
  id,
  url,
  events,
  sources,
  list_id: list,
  signing_enabled: true,
});

async function send({ url, secret }: Hook, event: Event): Promise<void> {
  const now = Date.now();
  const body = formOf(event, now);
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": "MailChimp",
    "x-mailchimp-signature": signatureOf(secret, Math.floor(now / 1000), body),
  };
  await deliver({ url, headers, body });
}

async function reachable(url: unknown): Promise<string> {
  const text = String(url);
  const answered = await deliverOnce({ url: text, method: "GET", headers: {}, body: "" });
  if (answered.status === 200) return text;
  throw invalidBody({ field: "url", message: "We couldn't validate this URL. It has to answer a GET with 200." }); // prettier-ignore
}

function flags<Name extends string>(
  names: readonly Name[],
  given: unknown,
  at: string,
): Record<Name, boolean> {
  const shape: Schema = Object.fromEntries(names.map((name) => [name, "boolean"]));
  const checked: JsonObject = checkedObject(given ?? {}, shape, [], at);
  return Object.fromEntries(names.map((name) => [name, checked[name] === true])) as Record<Name, boolean>; // prettier-ignore
}
