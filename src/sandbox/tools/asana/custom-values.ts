import { wrongField } from "./errors.ts";
import { isGiven } from "./endpoint.ts";
import { customFields } from "./fields.ts";
import type { CustomField, FieldValue, FieldValues } from "./model.ts";
import { day, moment, texts, user } from "./values.ts";

/**
 * The values after a change, written as `{field gid: value}`: an option by its gid and never by its
 * name, null to clear.
 */
export function changedValues(
  given: unknown,
  before: FieldValues,
  on: CustomField["on"],
  me: string,
): FieldValues {
  if (!isGiven(given)) throw wrongField("custom_fields", "Not an object");
  const after = { ...before };
  for (const [gid, value] of Object.entries(given)) {
    const field = customFields.find((one) => one.gid === gid && one.on === on);
    if (field === undefined)
      throw wrongField("custom_fields", `Custom field with ID ${gid} is not on given object`);
    const read = value === null ? null : valueOf(field, value, me);
    if (read === null || read === "" || (Array.isArray(read) && read.length === 0))
      delete after[gid];
    else after[gid] = read;
  }
  return after;
}

function valueOf(field: CustomField, value: unknown, me: string): FieldValue {
  const name = `custom_fields.${field.gid}`;
  switch (field.kind) {
    case "text":
      if (typeof value !== "string") throw wrongField(name, "Not a string");
      return value;
    case "number":
      return numberOf(name, value, field.precision);
    case "enum":
      return optionOf(name, field, value);
    case "multi_enum":
      return texts(name, value).map((gid) => optionOf(name, field, gid));
    case "people":
      return texts(name, value).map((gid) => user(me)(name, gid));
    case "date": {
      if (!isGiven(value)) throw wrongField(name, "Not an object with date or date_time");
      if (value["date_time"] !== undefined && value["date_time"] !== null) {
        const at = moment(name, value["date_time"]);
        return { date: at.slice(0, 10), date_time: at };
      }
      return { date: day(name, value["date"]), date_time: null };
    }
    default:
      return field.kind satisfies never;
  }
}

function numberOf(name: string, value: unknown, precision: number): number {
  const given = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof given !== "number" || !Number.isFinite(given))
    throw wrongField(name, `Not a number: ${JSON.stringify(value)}`);
  return Number(given.toFixed(precision));
}

function optionOf(name: string, { options }: CustomField, value: unknown): string {
  const option = options.find(({ gid }) => gid === value);
  if (option === undefined) throw wrongField(name, `Not a recognized ID: ${String(value)}`);
  if (!option.enabled) throw wrongField(name, `Enum option ${option.gid} is disabled`);
  return option.gid;
}
