import type { Refusal } from "../../http.ts";
import type { Stored } from "../company/entity.ts";
import { Faulty } from "../errors.ts";
import type { Values } from "../fields/values.ts";

/** A part of a part, as text: `inner(customer, "BillAddr", "City")`. */
export const inner = (record: Values, name: string, part: string): string => {
  const value = ((record[name] ?? {}) as Values)[part];
  return value === undefined ? "" : String(value as string | number | boolean);
};

export const text = (record: Values, name: string): string =>
  record[name] === undefined ? "" : String(record[name] as string | number | boolean);

export const newestFirst = <Record extends Stored>(records: Iterable<Record>): Record[] =>
  [...records].sort(
    (a, b) =>
      Date.parse(b.MetaData.LastUpdatedTime) - Date.parse(a.MetaData.LastUpdatedTime) ||
      Number(b.Id) - Number(a.Id),
  );

export const changed = (record: Stored): string =>
  record.MetaData.LastUpdatedTime.slice(0, 16).replace("T", " ");

/** What QuickBooks says against a change, for people to read. */
export const reason = (refusal: Refusal): string =>
  refusal instanceof Faulty
    ? refusal.fault.Error.map(({ Detail }) => Detail).join(" ")
    : refusal.message;
