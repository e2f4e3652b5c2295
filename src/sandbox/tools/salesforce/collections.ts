import { type Answer, json, type Request } from "../http.ts";
import { bodyOf, isObject, type JsonObject } from "./body.ts";
import { columnAt, selectionOf, shownRow } from "./columns.ts";
import { type Data, type DataRoute, dataRoute, objectOf, savingOf } from "./data-route.ts";
import {
  chunked,
  idTaken,
  invalidField,
  invalidType,
  isDeleted,
  malformedId,
  missingArgument,
  noCrossReference,
  refusedBy,
  tooMany,
  Trouble,
  unreadable,
} from "./errors.ts";
import type { Field, SObject } from "./fields.ts";
import { wholeId } from "./ids.ts";
import type { Row } from "./organisation.ts";
import { writable } from "./rows.ts";
import { parsed } from "./values.ts";

export type Result = {
  id?: string;
  success: boolean;
  errors: readonly { statusCode: string; message: string; fields: readonly string[] }[];
  created?: boolean;
};
type Records = { items: readonly JsonObject[]; allOrNone: boolean };

const MOST = 200;
const MOST_READ = 2000;
const MOST_CHUNKS = 10;

/** `/composite/sobjects`: up to 200 records in one call, each with a result of its own, in order. */
export function collectionRoutes(data: Data): DataRoute[] {
  const { organisation, schema, writer, read } = data;
  const path = "/composite/sobjects";

  const create = (request: Request): Answer =>
    eachOf(data, recordsOf(request), (record) => {
      const object = typeOf(data, record);
      const { id, rest } = withoutId(record);
      if (id !== undefined) throw idTaken();
      const row = writer.create(object, read(object, rest, "create"), savingOf(request));
      return { id: row.Id, success: true, errors: [] };
    });

  const update = (request: Request): Answer =>
    eachOf(data, recordsOf(request), (record) => {
      const object = typeOf(data, record);
      const { id, rest } = withoutId(record);
      if (id === undefined) throw missingArgument("Id not specified in an update call");
      const row = existing(data, object, id);
      writer.update(object, row, read(object, rest, "update"), savingOf(request));
      return { id: row.Id, success: true, errors: [] };
    });

  const upsert = (request: Request): Answer => {
    const object = writable(objectOf(data, request));
    const field = schema.field(object, request.params["field"] ?? "");
    if (field === undefined || !(field.external || field.name === "Id"))
      throw invalidField(`Field name provided, ${request.params["field"] ?? ""} is not an External ID or indexed field for ${object.name}`); // prettier-ignore
    const records = recordsOf(request);
    const keys = records.items.map((record) => String(keyIn(record, field)).toLowerCase());
    return eachOf(data, records, (record) => {
      const given = keyIn(record, field);
      if (typeOf(data, record) !== object)
        throw invalidType(`sObject type has to be ${object.name}, as in the address`);
      if (given === undefined || given === null || given === "")
        throw missingArgument(`${field.name} not specified`);
      const same = keys.filter((key) => key === String(given).toLowerCase());
      if (same.length > 1) throw refusedBy("DUPLICATE_VALUE", `Duplicate external id specified: ${String(given)}`, [field.name]); // prettier-ignore
      const row = matched(data, object, field, given);
      const rest = without(record, field.name);
      if (row !== undefined) {
        writer.update(object, row, read(object, rest, "update"), savingOf(request));
        return { id: row.Id, success: true, errors: [], created: false };
      }
      const values = { ...read(object, rest, "create"), [field.name]: parsed(field, given) };
      const made = writer.create(object, values, savingOf(request));
      return { id: made.Id, success: true, errors: [], created: true };
    });
  };

  const remove = ({ query }: Request): Answer => {
    const ids = idsIn(query.get("ids"), MOST);
    const allOrNone = query.get("allOrNone") === "true";
    return eachOf(data, { items: ids.map((id) => ({ id })), allOrNone }, (item) => {
      const id = String(item["id"]);
      const object = schema.objectOf(id);
      if (object === undefined) throw malformedId(id);
      const row = existing(data, object, id);
      writer.remove(writable(object), row);
      return { id: row.Id, success: true, errors: [] };
    });
  };

  const retrieve = (
    request: Request,
    base: string,
    ids: readonly string[],
    names: readonly string[],
  ): Answer => {
    const object = objectOf(data, request);
    if (names.length === 0) throw unreadable("The fields parameter is required.");
    const columns = names.map((name) => columnAt(schema, object, name, "\n"));
    const selection = selectionOf(object, columns);
    const found = ids.map((given) => {
      const id = wholeId(given);
      if (id === undefined) throw malformedId(given);
      const row = organisation.get(object, id);
      if (row === undefined || row["IsDeleted"] === true) return null;
      return shownRow(organisation, selection, row, base);
    });
    return json(200, found);
  };

  return [
    ...dataRoute("POST", path, create),
    ...dataRoute("PATCH", path, update),
    ...dataRoute("DELETE", path, remove),
    // As the official collection of requests addresses them.
    ...dataRoute("PATCH", `${path}/:object`, update),
    ...dataRoute("DELETE", `${path}/:object`, remove),
    ...dataRoute("PATCH", `${path}/:object/:field`, upsert),
    ...dataRoute("GET", `${path}/:object`, (request, base) => {
      const names = request.query.get("fields")?.split(",") ?? [];
      return retrieve(request, base, idsIn(request.query.get("ids"), MOST_READ), names);
    }),
    ...dataRoute("POST", `${path}/:object`, (request, base) => {
      const { ids, fields } = bodyOf(request);
      return retrieve(request, base, idsIn(textsOf(ids).join(","), MOST_READ), textsOf(fields));
    }),
  ];
}

/** Each one by itself; or all together, and then nothing is kept unless all of them went well. */
function eachOf(
  { organisation }: Data,
  { items, allOrNone }: Records,
  carryOut: (item: JsonObject) => Result,
): Answer {
  const results = organisation.atomically(
    () => items.map((item) => attempted(item, carryOut)),
    (done) => !allOrNone || done.every(({ success }) => success),
  );
  if (!allOrNone || results.every(({ success }) => success)) return json(200, results);
  return json(
    200,
    results.map((result) => (result.success ? rolledBack : result)),
  );
}

const rolledBack: Result = {
  success: false,
  errors: [
    {
      statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      message:
        "Record rolled back because not all records were valid and the request was using AllOrNone header",
      fields: [],
    },
  ],
};

function attempted(item: JsonObject, carryOut: (item: JsonObject) => Result): Result {
  try {
    return carryOut(item);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    const { id } = withoutId(item);
    return {
      ...(id !== undefined && { id }),
      success: false,
      errors: error.problems.map(({ errorCode, message, fields = [] }) => ({
        statusCode: errorCode,
        message,
        fields,
      })),
    };
  }
}

function recordsOf(request: Request): Records {
  const { records, allOrNone = false, ...others } = bodyOf(request);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unreadable(`Unrecognized field "${unknown}" at [line:1, column:1]`); // prettier-ignore
  if (typeof allOrNone !== "boolean")
    throw unreadable("Cannot deserialize instance of boolean from the value of allOrNone");
  if (!Array.isArray(records) || records.length === 0 || !records.every(isObject))
    throw unreadable("The records have to be a list of sObjects with at least one of them.");
  if (records.length > MOST) throw tooMany(MOST);
  const types = records.map((record) => String(attributesOf(record)["type"]));
  if (types.filter((type, at) => type !== types[at - 1]).length > MOST_CHUNKS)
    throw chunked(MOST_CHUNKS);
  return { items: records, allOrNone };
}

function attributesOf(record: JsonObject): JsonObject {
  const attributes = record["attributes"];
  if (isObject(attributes) && typeof attributes["type"] === "string") return attributes;
  throw unreadable("Each record has to have attributes with its type.");
}

export function typeOf({ schema }: Data, record: JsonObject): SObject {
  const name = String(attributesOf(record)["type"]);
  const object = schema.object(name);
  if (object !== undefined) return writable(object);
  throw invalidType(`sObject type '${name}' is not supported.`);
}

/** The id of a record, however its name is written, and the rest. */
function withoutId(record: JsonObject): { id: string | undefined; rest: JsonObject } {
  const key = Object.keys(record).find((name) => name.toLowerCase() === "id") ?? "";
  const { [key]: id, ...rest } = record;
  return { id: id === undefined || id === null ? undefined : String(id as string), rest };
}

const keyIn = (record: JsonObject, { name }: Field): unknown =>
  Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

const without = (record: JsonObject, name: string): JsonObject =>
  Object.fromEntries(
    Object.entries(record).filter(([key]) => key.toLowerCase() !== name.toLowerCase()),
  );

function existing({ organisation }: Data, object: SObject, given: string): Row {
  const id = wholeId(given);
  if (id === undefined) throw malformedId(given);
  const row = organisation.get(object, id);
  if (row === undefined) throw noCrossReference();
  if (row["IsDeleted"] === true) throw isDeleted();
  return row;
}

function matched(data: Data, object: SObject, field: Field, given: unknown): Row | undefined {
  if (field.name === "Id") return existing(data, object, String(given));
  const [row, ...others] = data.organisation.holders(object, field.name, parsed(field, given));
  if (row === undefined || others.length === 0) return row;
  const ids = [row, ...others].map(({ Id }) => Id).join(", ");
  throw refusedBy(
    "DUPLICATE_EXTERNAL_ID",
    `more than one record found for external id field: [${ids}]`,
    [field.name],
  );
}

function idsIn(text: string | null, most: number): string[] {
  const ids = (text ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0) throw unreadable("The ids parameter is required.");
  if (ids.length > most) throw tooMany(most);
  return ids;
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw unreadable("Cannot deserialize instance of a list of texts");
}
