import type { Problem } from "./errors.ts";
import type { Field, Value } from "./fields.ts";
import { wholeId } from "./ids.ts";
import type { Organisation } from "./organisation.ts";
import type { Schema } from "./schema.ts";

type Checked = { value: Value } | { problem: Problem };

const LONGEST_CHOICE = 255;
const LARGEST: Partial<Record<string, number>> = {
  currency: 1e16,
  double: 1e16,
  int: 1e8,
  percent: 1e3,
};
const EMAIL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u; // prettier-ignore

/** A parsed value as it is stored, or what Salesforce has against it. */
export function checked(
  field: Field,
  value: Value,
  schema: Schema,
  organisation: Organisation,
): Checked {
  if (value === null) return { value };
  if (field.kind.type === "reference" && typeof value === "string")
    return referenced(field, field.kind.to, value, schema, organisation);
  const found = problemWith(field, value);
  if (found === null) return { value };
  const [errorCode, message] = found;
  return {
    problem: { message: `${field.label}: ${message}`, errorCode, fields: [field.name] },
  };
}

type Found = [code: string, message: string];

function problemWith({ kind }: Field, value: Value): Found | null {
  if (typeof value === "number") return outsideOf(LARGEST[kind.type] ?? Infinity, value);
  if (typeof value !== "string") return null;
  if (kind.type === "picklist" && kind.restricted && !kind.values.includes(value))
    return [
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `bad value for restricted picklist field: ${value}`,
    ];
  const max = "length" in kind ? kind.length : LONGEST_CHOICE;
  if ([...value].length > max)
    return ["STRING_TOO_LONG", `data value too large: ${value} (max length=${String(max)})`];
  return kind.type === "email" && !EMAIL.test(value)
    ? ["INVALID_EMAIL_ADDRESS", `invalid email address: ${value}`]
    : null;
}

const outsideOf = (limit: number, value: number): Found | null =>
  Math.abs(value) < limit
    ? null
    : [
        "NUMBER_OUTSIDE_VALID_RANGE",
        `value outside of valid range on numeric field: ${String(value)}`,
      ];

function referenced(
  { name, label }: Field,
  to: string,
  given: string,
  schema: Schema,
  organisation: Organisation,
): Checked {
  const id = wholeId(given);
  const object = schema.object(to);
  const wrong = `${label}: id value of incorrect type: ${given}`;
  const because = (errorCode: string, message: string): Checked => ({
    problem: { message, errorCode, fields: [name] },
  });
  if (id === undefined || object === undefined) return because("MALFORMED_ID", wrong);
  if (!id.startsWith(object.prefix)) return because("FIELD_INTEGRITY_EXCEPTION", wrong);
  const row = organisation.get(object, id);
  if (row === undefined)
    return because("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (row["IsDeleted"] === true) return because("ENTITY_IS_DELETED", "entity is deleted");
  if (row["IsActive"] === false)
    return because(
      "INACTIVE_OWNER_OR_USER",
      `operation performed with inactive user [${id}] as owner`,
    );
  return { value: id };
}
