import { queryInvalid } from "../errors.ts";
import type { Values } from "../fields/values.ts";
import { keyOf } from "../company/names.ts";

export type QueryField = {
  path: readonly string[];
  kind: "text" | "time" | "number" | "flag";
};

const field =
  (kind: QueryField["kind"]) =>
  (name: string): [string, QueryField] => [name.toLowerCase(), { path: name.split("."), kind }];
const times = ["MetaData.CreateTime", "MetaData.LastUpdatedTime"].map(field("time"));
const inner = (name: string, part: string): [string, QueryField][] => {
  const found: QueryField = { path: [name, part], kind: "text" };
  return [
    [name.toLowerCase(), found],
    [`${name}.${part}`.toLowerCase(), found],
  ];
};

/** By entity, what conditions and orders may name, in lower case. */
const FIELDS: Record<string, Record<string, QueryField>> = {
  Customer: Object.fromEntries([
    ...["DisplayName", "FullyQualifiedName", "Title", "GivenName", "MiddleName", "FamilyName", "Suffix", "CompanyName", "PrintOnCheckName"].map(field("text")), // prettier-ignore
    ...["Id", "Balance"].map(field("number")),
    ...["Active", "Taxable", "Job"].map(field("flag")),
    ...inner("PrimaryEmailAddr", "Address"),
    ...inner("PrimaryPhone", "FreeFormNumber"),
    ...times,
  ]),
  Invoice: Object.fromEntries([
    ...["DocNumber", "TxnDate", "DueDate", "EmailStatus"].map(field("text")),
    ...["Id", "TotalAmt", "Balance"].map(field("number")),
    ...inner("CustomerRef", "value"),
    ...inner("CurrencyRef", "value"),
    ...times,
  ]),
  Item: Object.fromEntries([
    ...["Name", "FullyQualifiedName", "Type", "Sku"].map(field("text")),
    ...["Id", "UnitPrice"].map(field("number")),
    field("flag")("Active"),
    ...times,
  ]),
};

export function fieldOf(entity: string, name: string): QueryField {
  const found = FIELDS[entity]?.[name.toLowerCase()];
  if (found === undefined) throw queryInvalid(`Property ${name} not found for Entity ${entity}`);
  return found;
}

/** Whether inactive ones are left out unless they are asked for. */
export const hidesInactive = (entity: string): boolean => FIELDS[entity]?.["active"] !== undefined;

export type Rank = (record: Values) => string | number;

export function ranks({ path, kind }: QueryField): Rank {
  return (record) => {
    let value: unknown = record;
    for (const step of path) value = (value as Values | undefined)?.[step];
    return rankOf(value === undefined ? "" : String(value as string | number | boolean), kind);
  };
}

/** A value in the form in which it is compared. */
export function rankOf(value: string, kind: QueryField["kind"]): string | number {
  if (kind === "time") return value === "" ? 0 : Date.parse(value);
  if (kind === "number") return Number(value);
  return keyOf(value);
}
