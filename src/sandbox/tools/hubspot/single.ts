import { json, type Request, type Route } from "../http.ts";
import { bodyOf, propertiesIn } from "./body.ts";
import type { Contact, Contacts } from "./contacts.ts";
import { badRequest, notFound } from "./errors.ts";
import { checked, unique } from "./properties.ts";
import { shown } from "./shown.ts";

/** One contact at a time, and the list, under a path such as `/crm/objects/2026-09/contacts`. */
export function singleRoutes(base: string, contacts: Contacts): Route[] {
  const found = (request: Request): Contact => {
    const key = request.params["id"] ?? "";
    const by = request.query.get("idProperty");
    if (by !== null && !unique.includes(by)) {
      throw badRequest(`idProperty ${by} is not a unique property of contacts`);
    }
    const contact = by === null ? contacts.get(key) : contacts.findBy(by, key);
    const archived = request.query.get("archived") === "true";
    if (contact === undefined || (contact.archivedAt !== null) !== archived) throw notFound();
    return contact;
  };

  return [
    { method: "GET", path: base, handle: (request) => list(request, contacts) },
    {
      method: "POST",
      path: base,
      handle(request) {
        const body = bodyOf(request, ["properties", "associations", "objectWriteTraceId"]);
        const created = contacts.create(checked(propertiesIn(body["properties"])));
        return json(201, shown(created, Object.keys(created.properties)));
      },
    },
    {
      method: "GET",
      path: `${base}/:id`,
      handle: (request) => json(200, shown(found(request), asked(request))),
    },
    {
      method: "PATCH",
      path: `${base}/:id`,
      handle(request) {
        const changes = checked(propertiesIn(bodyOf(request, ["properties"])["properties"]));
        const updated = contacts.update(found(request), changes);
        return json(200, shown(updated, Object.keys(changes)));
      },
    },
    {
      method: "DELETE",
      path: `${base}/:id`,
      handle(request) {
        const contact = contacts.get(request.params["id"] ?? "");
        if (contact === undefined) throw notFound();
        contacts.archive(contact);
        return { status: 204, headers: {}, body: "" };
      },
    },
  ];
}

function list(request: Request, contacts: Contacts) {
  const limit = Number(request.query.get("limit") ?? "10");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw badRequest("limit must be between 1 and 100");
  }
  const after = request.query.get("after");
  if (after !== null && !/^\d+$/.test(after)) throw badRequest(`after is not a cursor: ${after}`);
  const archived = request.query.get("archived") === "true";
  const [page, more] = split(contacts.after(after, archived, limit + 1), limit);
  const last = page.at(-1);
  return json(200, {
    results: page.map((contact) => shown(contact, asked(request))),
    ...(more && last !== undefined && { paging: { next: next(request, last.id) } }),
  });
}

const split = (page: Contact[], limit: number): [Contact[], boolean] => [
  page.slice(0, limit),
  page.length > limit,
];

function next(request: Request, after: string) {
  const query = new URLSearchParams(request.query);
  query.set("after", after);
  return { after, link: `https://api.hubapi.com${request.path}?${query.toString()}` };
}

/** `properties=a,b` or `properties=a&properties=b`. */
const asked = (request: Request): string[] =>
  request.query
    .getAll("properties")
    .flatMap((names) => names.split(","))
    .filter((name) => name !== "");
