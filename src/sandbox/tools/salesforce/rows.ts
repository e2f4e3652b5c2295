import { json, type Answer, type Request } from "../http.ts";
import { bodyOf } from "./body.ts";
import { columnAt, selectionOf, shownRow } from "./columns.ts";
import { dataRoute, nothing, objectOf, saved, savingOf, type Data, type DataRoute } from "./data-route.ts"; // prettier-ignore
import { changedSince, isDeleted, noExternalId, notFound, refusedBy } from "./errors.ts";
import type { Field, SObject } from "./fields.ts";
import { wholeId } from "./ids.ts";
import type { Row } from "./organisation.ts";
import { parsed } from "./values.ts";

/** An external id, as the address of a request has it. */
type Key = { field: Field; value: string };

/** One record at a time: by id, and by an external id. */
export function rowRoutes(data: Data): DataRoute[] {
  const { organisation, schema, writer, read } = data;

  const show = (request: Request, object: SObject, row: Row, base: string): Answer => {
    const since = Date.parse(String(request.headers["if-modified-since"] ?? ""));
    if (Date.parse(String(row["LastModifiedDate"])) <= since) return nothing(304);
    const asked = request.query.get("fields");
    const paths = asked?.split(",") ?? schema.fieldsOf(object).map(({ name }) => name);
    const columns = paths.map((path) => columnAt(schema, object, path.trim(), "\n"));
    const shown = shownRow(organisation, selectionOf(object, columns), row, base);
    return json(200, "Id" in shown ? shown : { ...shown, Id: row.Id });
  };

  const create = (request: Request, object: SObject, base: string, key?: Key): Answer => {
    const given = {
      ...read(object, bodyOf(request), "create", key === undefined ? [] : [key.field.name]),
      ...(key !== undefined && { [key.field.name]: parsed(key.field, key.value) }),
    };
    const row = writer.create(object, given, savingOf(request));
    const answer = saved(201, row.Id, key === undefined ? {} : { created: true });
    const location = `${base}/sobjects/${object.name}/${row.Id}`;
    return { ...answer, headers: { ...answer.headers, location } };
  };

  const update = (request: Request, object: SObject, row: Row, field?: Field): void => {
    const unless = Date.parse(String(request.headers["if-unmodified-since"] ?? ""));
    if (Date.parse(String(row["LastModifiedDate"])) > unless) throw changedSince();
    const except = field === undefined ? [] : [field.name];
    const given = read(object, bodyOf(request), "update", except);
    writer.update(object, row, given, savingOf(request));
  };

  const byExternalId = (request: Request, base: string) => {
    const object = objectOf(data, request);
    const name = request.params["field"] ?? "";
    const field = schema.field(object, name);
    if (field === undefined || !(field.external || field.name === "Id")) throw noExternalId(name);
    const value = request.params["value"] ?? "";
    const rows =
      field.name === "Id"
        ? [rowOf(data, object, value)]
        : organisation.holders(object, field.name, parsed(field, value));
    const several = rows.map(({ Id }) => `${base}/sobjects/${object.name}/${Id}`);
    return { object, field, value, row: rows[0], several: rows.length > 1 ? several : null };
  };

  const upsert = (request: Request, base: string): Answer => {
    const { object, field, value, row, several } = byExternalId(request, base);
    writable(object);
    if (several !== null) return json(300, several);
    if (row === undefined) {
      if (request.query.get("updateOnly") === "true") throw notFound();
      return create(request, object, base, { field, value });
    }
    update(request, object, row, field);
    return saved(200, row.Id, { created: false });
  };

  const at = (request: Request): [object: SObject, row: Row] => {
    const object = objectOf(data, request);
    return [object, rowOf(data, object, request.params["id"] ?? "")];
  };

  const one = "/sobjects/:object/:id";
  const external = "/sobjects/:object/:field/:value";
  return [
    ...dataRoute("POST", "/sobjects/:object", (request, base) =>
      create(request, writable(objectOf(data, request)), base),
    ),
    // The documented way to create a record with what is written for an upsert.
    ...dataRoute("POST", "/sobjects/:object/Id", (request, base) =>
      create(request, writable(objectOf(data, request)), base),
    ),
    ...dataRoute("GET", one, (request, base) => show(request, ...at(request), base)),
    ...dataRoute("PATCH", one, (request) => {
      const [object, row] = at(request);
      update(request, writable(object), row);
      return nothing();
    }),
    ...dataRoute("DELETE", one, (request) => {
      const [object, row] = at(request);
      writer.remove(writable(object), row);
      return nothing();
    }),
    ...dataRoute("GET", external, (request, base) => {
      const { object, row, several } = byExternalId(request, base);
      if (several !== null) return json(300, several);
      if (row === undefined) throw notFound();
      return show(request, object, row, base);
    }),
    ...dataRoute("PATCH", external, upsert),
    ...dataRoute("DELETE", external, (request, base) => {
      const { object, row, several } = byExternalId(request, base);
      if (several !== null) return json(300, several);
      if (row === undefined) throw notFound();
      writer.remove(writable(object), row);
      return nothing();
    }),
  ];
}

/** The record with an id of 15 or 18 letters; a 404 that says whether it was deleted. */
function rowOf({ organisation }: Data, object: SObject, given: string): Row {
  const id = wholeId(given);
  // What is no id is taken for the name of an external id field.
  if (id === undefined) throw noExternalId(given);
  const row = organisation.get(object, id);
  if (row === undefined) throw notFound();
  if (row["IsDeleted"] === true) throw isDeleted();
  return row;
}

export function writable(object: SObject): SObject {
  if (object.writable) return object;
  throw refusedBy(
    "INVALID_TYPE_FOR_OPERATION",
    `entity type ${object.name} cannot be changed by this connection`,
    [],
  );
}
