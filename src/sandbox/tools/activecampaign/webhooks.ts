import { type Answer, json, type Request, type Route } from "../http.ts";
import { enveloped, idIn, type JsonObject, textIn } from "./body.ts";
import { now } from "./crm.ts";
import { invalid, missing, notFound } from "./errors.ts";
import { eventTypes, type Events, sources, type Webhook } from "./events.ts";
import { listed } from "./listing.ts";
import { central } from "./time.ts";

const KNOWN = ["name", "url", "events", "sources", "listid"];

/** Who is told of what: `/webhooks` and the list of events. */
export function webhookRoutes({ webhooks }: Events): Route[] {
  const found = (request: Request): Webhook => {
    const id = request.params["id"] ?? "";
    const webhook = webhooks.get(id);
    if (webhook === undefined) throw notFound("Webhook", id);
    return webhook;
  };
  const answer = (status: number, webhook: Webhook): Answer =>
    json(status, { webhook: shown(webhook) });

  return [
    {
      method: "GET",
      path: "/webhooks",
      handle(request) {
        const wanted = (name: "name" | "url" | "listid") => request.query.get(`filters[${name}]`);
        const all = [...webhooks.all()].filter((one) =>
          (["name", "url", "listid"] as const).every(
            (name) => wanted(name) === null || one[name] === wanted(name),
          ),
        );
        return listed(request, "webhooks", all, shown);
      },
    },
    {
      method: "POST",
      path: "/webhooks",
      handle(request) {
        const given = valuesIn(enveloped(request, "webhook", KNOWN));
        for (const name of ["name", "url", "events", "sources"] as const)
          if (given[name] === undefined) throw missing(name);
        const { name = "", url = "", events = [], sources: from = [], listid = "0" } = given;
        const webhook = { name, url, events, sources: from, listid, created: now(), off: false };
        return answer(201, webhooks.add(webhook));
      },
    },
    { method: "GET", path: "/webhooks/:id", handle: (request) => answer(200, found(request)) },
    {
      method: "PUT",
      path: "/webhooks/:id",
      handle(request) {
        const given = valuesIn(enveloped(request, "webhook", KNOWN));
        return answer(200, webhooks.change({ ...found(request), ...given, off: false }));
      },
    },
    {
      method: "DELETE",
      path: "/webhooks/:id",
      handle(request) {
        webhooks.remove(found(request).id);
        return json(200, {});
      },
    },
    {
      method: "GET",
      path: "/webhook/events",
      handle: () => json(200, { webhookEvents: eventTypes, meta: { total: eventTypes.length } }),
    },
  ];
}

type Values = Partial<Pick<Webhook, "name" | "url" | "events" | "sources" | "listid">>;

function valuesIn(record: JsonObject): Values {
  const name = textIn(record, "name");
  const url = textIn(record, "url");
  const listid = idIn(record, "listid");
  if (url !== undefined && !reachable(url)) throw invalid("url");
  return {
    ...(name !== undefined && name !== "" && { name }),
    ...(url !== undefined && { url }),
    ...(record["events"] !== undefined && { events: wordsIn(record, "events", eventTypes) }),
    ...(record["sources"] !== undefined && { sources: wordsIn(record, "sources", sources) }),
    ...(listid !== undefined && { listid }),
  };
}

/** An https address is told on port 443 alone. */
function reachable(url: string): boolean {
  const target = URL.parse(url);
  if (target?.protocol === "https:") return target.port === "";
  return target?.protocol === "http:";
}

function wordsIn(record: JsonObject, name: string, known: readonly string[]): string[] {
  const value = record[name];
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((word) => known.includes(word as string))
  )
    // prettier-ignore
    return value as string[];
  throw invalid(name);
}

const shown = ({ id, name, url, events, sources: from, listid, created }: Webhook) => ({
  cdate: central(created),
  listid,
  name,
  url,
  events,
  sources: from,
  links: [],
  id,
});
