import { type Answer, json, Refusal, type Request } from "../http.ts";
import type { Base } from "./base.ts";
import { bodyOf, flag, isObject, type JsonObject, objectWith } from "./body.ts";
import { cellFor } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { badRequest, invalidRecords, missing, noSuchRow, notFound, tooMany } from "./errors.ts";
import { isId } from "./ids.ts";
import { known } from "./list-options.ts";
import type { Row } from "./row.ts";
import { isComputed, type Table } from "./schema.ts";
import { everything, shown } from "./shown.ts";
import { cast } from "./typecast.ts";
import { mergeFields, targetOf } from "./upsert.ts";

const MOST = 10;
const OPTIONS = ["typecast", "returnFieldsByFieldId"];

type Fields = JsonObject;

/** `POST …/{table}`: one record as `fields`, or up to ten as `records`. */
export function create(base: Base, table: Table, request: Request): Answer {
  const body = bodyOf(request, "fields", ["fields", "records", ...OPTIONS]);
  const draft = base.draft("publicApi");
  const many = body["records"] !== undefined;
  const given = many
    ? listOf(body["records"], "created", ["fields"]).map(({ fields }) => fields)
    : [body["fields"]];
  const rows = given.map((fields) => {
    const row = draft.create(table);
    fill({ base, draft, table, body }, row, fieldsIn(fields), false);
    return row.id;
  });
  draft.commit();
  const answer = rows.map((id) => told(base, table, id, body));
  return json(200, many ? { records: answer } : answer[0]);
}

/** `PATCH` or `PUT …/{table}/{id}`; the second one empties what is not named. */
export function updateOne(base: Base, table: Table, request: Request): Answer {
  const body = bodyOf(request, "fields", ["fields", ...OPTIONS]);
  const fields = fieldsIn(body["fields"]);
  const draft = base.draft("publicApi");
  const row = draft.row(request.params["record"] ?? "");
  if (row?.table !== table.id) throw new Refusal(notFound());
  fill({ base, draft, table, body }, row, fields, request.method === "PUT");
  draft.commit();
  return json(200, told(base, table, row.id, body));
}

/** `PATCH` or `PUT …/{table}` with up to ten records, by id or, with `performUpsert`, by their values. */
export function updateMany(base: Base, table: Table, request: Request): Answer {
  const body = bodyOf(request, "records", ["records", "performUpsert", ...OPTIONS]);
  const merge = mergeFields(body["performUpsert"], table);
  const draft = base.draft("publicApi");
  const work = { base, draft, table, body };
  const given = listOf(body["records"], "updated", ["id", "fields"]);
  const created: string[] = [];
  const ids = given.map(({ id, fields }) => {
    const values = fieldsIn(fields);
    if (id !== undefined || merge === null) {
      const row = isId("rec", id) ? draft.row(id) : undefined;
      if (!isId("rec", id)) throw invalidRecords();
      if (row?.table !== table.id) throw noSuchRow(id);
      return fill(work, row, values, request.method === "PUT");
    }
    const found = targetOf({ base, draft }, table, merge, values, flag(body["typecast"]));
    const row = found ?? draft.create(table);
    if (found === undefined) created.push(row.id);
    return fill(work, row, values, request.method === "PUT");
  });
  draft.commit();
  const records = ids.map((id) => told(base, table, id, body));
  if (merge === null) return json(200, { records });
  const updatedRecords = [...new Set(ids)].filter((id) => !created.includes(id));
  return json(200, { records, createdRecords: created, updatedRecords });
}

/** `DELETE …/{table}/{id}`: of whichever table the record is, as it was measured. */
export function removeOne(base: Base, request: Request): Answer {
  const id = request.params["record"] ?? "";
  if (base.find(id) === undefined) throw new Refusal(notFound());
  return json(200, removed(base, [id])[0]);
}

/** `DELETE …/{table}?records[]=…` with up to ten ids. */
export function removeMany(base: Base, table: Table, request: Request): Answer {
  const ids = [...request.query].flatMap(([key, id]) => (/^records\[\d*\]$/.test(key) ? id : []));
  if (ids.length === 0 || ids.length > MOST || !ids.every((id) => isId("rec", id)))
    throw invalidRecords();
  if (ids.some((id) => base.find(id)?.table !== table.id)) throw new Refusal(notFound());
  return json(200, { records: removed(base, ids) });
}

function removed(base: Base, ids: string[]) {
  const draft = base.draft("publicApi");
  for (const id of ids) draft.remove(id);
  draft.commit();
  return ids.map((id) => ({ id, deleted: true }));
}

type Work = { base: Base; draft: Draft; table: Table; body: JsonObject };

/** Sets the cells; returns the record's id. */
function fill({ base, draft, table, body }: Work, row: Row, fields: Fields, empty: boolean) {
  const typecast = flag(body["typecast"]);
  const cells = Object.entries(fields).map(([name, value]) => {
    const field = known(table, name);
    const meant = typecast ? cast({ base, draft }, table, field, value) : value;
    return [field, cellFor({ base, draft }, field, meant)] as const;
  });
  const named = new Set(cells.map(([field]) => field.id));
  const rest = empty ? table.fields.filter((field) => !named.has(field.id)) : [];
  for (const field of rest) if (!isComputed(field)) draft.set(row.id, field, null);
  for (const [field, cell] of cells) draft.set(row.id, field, cell);
  return row.id;
}

function told(base: Base, table: Table, id: string, body: JsonObject) {
  const row = base.find(id);
  const byId = flag(body["returnFieldsByFieldId"]);
  return row && shown(base, table, row, { ...everything, byId });
}

function fieldsIn(value: unknown): Fields {
  if (value === undefined) throw missing("fields");
  if (!isObject(value)) throw badRequest();
  return value;
}

function listOf(value: unknown, verb: string, allowed: string[]): JsonObject[] {
  if (!Array.isArray(value) || value.length === 0) throw invalidRecords();
  if (value.length > MOST)
    throw verb === "created" ? tooMany(verb, value.length) : invalidRecords();
  return value.map((record) => objectWith(record, allowed));
}
