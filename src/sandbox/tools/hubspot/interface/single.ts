import { json, type Request, type Route } from "../../http.ts";
import { bodyOf, type JsonObject, propertiesIn } from "./body.ts";
import { badRequest, notFound } from "../errors.ts";
import type { CrmRecord } from "../records/records.ts";
import {
  askedAssociations,
  associationsIn,
  idProperty,
  listed,
  type Resource,
  valuesFor,
} from "./resource.ts";
import { shown, valueOf } from "../records/shown.ts";

const LARGEST = 100;
const LARGEST_WITH_HISTORY = 50;

/** One record at a time, and the list, under a path such as `/crm/objects/2026-09/contacts`. */
export function singleRoutes(resource: Resource): Route[] {
  const { base, type, records, portal } = resource;
  const found = (request: Request): CrmRecord => {
    const key = request.params["id"] ?? "";
    const by = idProperty(resource, request.query.get("idProperty"));
    const record = by === null ? records.find(key) : records.findBy(by, key);
    const archived = request.query.get("archived") === "true";
    if (record === undefined || (record.archivedAt !== null) !== archived) throw notFound();
    return record;
  };

  return [
    { method: "GET", path: base, handle: (request) => list(request, resource) },
    {
      method: "POST",
      path: base,
      handle(request) {
        const body = bodyOf(request, ["properties", "associations", "objectWriteTraceId"]);
        const values = valuesFor(resource, propertiesIn(body["properties"]), null);
        const associations = associationsIn(resource, body["associations"]);
        const created = records.create(values);
        for (const { to, primary } of associations) {
          portal.associate({ object: type.name, id: created.id }, to, primary);
        }
        const now = records.get(created.id) ?? created;
        return json(201, shown(type, now, Object.keys(now.properties)));
      },
    },
    {
      method: "GET",
      path: `${base}/:id`,
      handle: (request) => json(200, asAsked(resource, request)(found(request))),
    },
    {
      method: "PATCH",
      path: `${base}/:id`,
      handle(request) {
        const given = propertiesIn(bodyOf(request, ["properties"])["properties"]);
        const record = found(request);
        const changes = valuesFor(resource, given, record.properties);
        return json(200, shown(type, records.update(record, changes), Object.keys(given)));
      },
    },
    {
      method: "DELETE",
      path: `${base}/:id`,
      handle(request) {
        const record = records.find(request.params["id"] ?? "");
        if (record === undefined) throw notFound();
        records.archive(record);
        return { status: 204, headers: {}, body: "" };
      },
    },
  ];
}

function list(request: Request, resource: Resource) {
  const limit = Number(request.query.get("limit") ?? "10");
  const most = listed(request, "propertiesWithHistory").length > 0 ? LARGEST_WITH_HISTORY : LARGEST;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw badRequest(`limit must be between 1 and ${String(most)}`);
  }
  const after = request.query.get("after");
  if (after !== null && !/^\d+$/.test(after)) throw badRequest(`after is not a cursor: ${after}`);
  const archived = request.query.get("archived") === "true";
  const found = resource.records.after(after, archived, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return json(200, {
    results: page.map(asAsked(resource, request)),
    ...(found.length > limit && last !== undefined && { paging: { next: next(request, last.id) } }),
  });
}

function next(request: Request, after: string) {
  const query = new URLSearchParams(request.query);
  query.set("after", after);
  return { after, link: `https://api.hubapi.com${request.path}?${query.toString()}` };
}

/** A record with the properties, the history and the associations that the request names. */
function asAsked(resource: Resource, request: Request): (record: CrmRecord) => JsonObject {
  const { type } = resource;
  const properties = listed(request, "properties");
  const historic = listed(request, "propertiesWithHistory");
  const associations = askedAssociations(resource, request);
  return (record) => ({
    ...shown(type, record, properties),
    // Only the latest version is kept here.
    ...(historic.length > 0 && {
      propertiesWithHistory: Object.fromEntries(
        historic.map((name) => {
          const value = valueOf(type, record, name);
          const latest = { value, timestamp: record.updatedAt, sourceType: "API" };
          return [name, value === null ? [] : [latest]];
        }),
      ),
    }),
    ...associations(record),
  });
}
