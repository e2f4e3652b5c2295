import type { Request } from "../http.ts";
import {
  invalidField,
  noColumn,
  notInBody,
  notJson,
  notWritable,
  refusedBy,
  unreadable,
} from "./errors.ts";
import type { Field, SObject, Value } from "./fields.ts";
import type { Organisation } from "./organisation.ts";
import type { Values } from "./rules.ts";
import type { Schema } from "./schema.ts";
import { parsed } from "./values.ts";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The body as a JSON object; a 400 or 415 in Salesforce's words if it is none. */
export function bodyOf(request: Request): JsonObject {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/json")) throw notJson(type);
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw unreadable(
      request.body === ""
        ? "The HTTP entity body is required, but this request has no entity body."
        : "Unexpected character in the JSON body at [line:1, column:1]",
    );
  }
  if (isObject(value)) return value;
  throw unreadable("The HTTP entity body is required to be a JSON object.");
}

/** How fields are named in a JSON record: by name, or by the relationship, for an external id. */
export type RecordReader = (
  object: SObject,
  record: JsonObject,
  way: "create" | "update",
  except?: readonly string[],
) => Values;

/**
 * Reads a record's fields. `except` names those that stand elsewhere in the request and may not stand
 * here too; `Id` is always one of them.
 */
export function recordReader(schema: Schema, organisation: Organisation): RecordReader {
  return (object, record, way, except = []) => {
    const given: Values = {};
    const locked: string[] = [];
    for (const [name, value] of Object.entries(record)) {
      if (name.toLowerCase() === "attributes") continue;
      const field = schema.field(object, name);
      if (field === undefined) {
        const [to, id] = byExternalId(schema, organisation, object, name, value);
        given[to.name] = id;
        continue;
      }
      if (["Id", ...except].includes(field.name)) throw notInBody(field.name);
      if (!field[way]) locked.push(field.name);
      else given[field.name] = parsed(field, value);
    }
    if (locked.length > 0) throw notWritable(locked);
    return given;
  };
}

/** `"Account": {"External_Id__c": "A-7"}` refers to the account that has it. */
function byExternalId(
  schema: Schema,
  organisation: Organisation,
  object: SObject,
  name: string,
  value: unknown,
): [field: Field, id: Value] {
  const field = schema.parent(object, name);
  const to = field?.kind.type === "reference" ? schema.object(field.kind.to) : undefined;
  if (field === undefined || to === undefined || !isObject(value))
    throw noColumn(name, object.name);
  const { external, wanted } = keyIn(schema, to, value);
  const [row, ...others] = organisation.holders(to, external.name, parsed(external, wanted));
  const said = `Foreign key external ID: ${String(wanted as string)}`;
  if (row === undefined)
    throw invalidField(`${said} not found for field ${external.name} in entity ${to.name}`);
  if (others.length === 0) return [field, row.Id];
  throw refusedBy("DUPLICATE_EXTERNAL_ID", `${said} matches several records in entity ${to.name}`, [external.name]); // prettier-ignore
}

/** The one external id that a nested record names. */
function keyIn(schema: Schema, to: SObject, record: JsonObject) {
  const [[key, wanted] = ["", null], ...others] = Object.entries(record).filter(
    ([name]) => name !== "attributes",
  );
  const external = schema.field(to, key);
  if (external?.external === true && others.length === 0) return { external, wanted };
  throw invalidField(
    `A reference by external id names one such field of entity ${to.name} and nothing else`,
  );
}
