import { type Books, type Customer, keyOf } from "./books.ts";
import type { Values } from "./customer-fields.ts";
import { queryInvalid } from "./errors.ts";
import { type Condition, parseSelect, type Select } from "./query-syntax.ts";

const MOST = 1000;
/** Entities of a company that has none of them. */
export const emptyEntities = ["Invoice", "Item", "Payment", "Vendor", "Employee", "Estimate"];

/** Answers a select statement with the content of a `QueryResponse`. */
export function query(statement: string, books: Books, company: Values): Values {
  const select = parseSelect(statement);
  if (select.maxResults > MOST || select.maxResults < 1) {
    throw queryInvalid(
      `value ${String(select.maxResults)} for maxresults is not between 1 and 1000`,
    );
  }
  if (select.startPosition < 1) throw queryInvalid("startposition begins at 1");
  const entity = select.entity.toLowerCase();
  if (entity === "companyinfo") return paged([company], select, "CompanyInfo");
  const empty = emptyEntities.find((known) => known.toLowerCase() === entity);
  if (empty !== undefined) return paged([], select, empty);
  if (entity !== "customer") throw queryInvalid(`Entity ${select.entity} is not supported`);
  return paged(matching(select, books), select, "Customer");
}

/** A page of nothing has no array at all. */
function paged(
  found: Values[],
  { count, startPosition, maxResults }: Select,
  name: string,
): Values {
  if (count) return { totalCount: found.length };
  const page = found.slice(startPosition - 1, startPosition - 1 + maxResults);
  return page.length === 0 ? {} : { [name]: page, startPosition, maxResults: page.length };
}

function matching({ where, order }: Select, books: Books): Customer[] {
  const tests = where.map(testOf);
  const asksActive = where.some(({ field }) => fieldOf(field).path[0] === "Active");
  const found = [...candidates(where, books)].filter(
    (customer) => (asksActive || customer.Active) && tests.every((test) => test(customer)),
  );
  const keys = order.map(({ field, descending }) => ({
    rank: ranks(fieldOf(field)),
    sign: descending ? -1 : 1,
  }));
  return found.sort((a, b) => {
    for (const { rank, sign } of keys) {
      const [left, right] = [rank(a), rank(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return Number(a.Id) - Number(b.Id);
  });
}

/** Looks up the few that can match, where a condition names e-mails or names; else all of them. */
function candidates(where: Condition[], books: Books): Iterable<Customer> {
  for (const { field, operator, values } of where) {
    if (operator !== "=" && operator !== "IN") continue;
    const [name] = fieldOf(field).path;
    const wanted = [...new Set(values.map(keyOf))];
    if (name === "PrimaryEmailAddr") return wanted.flatMap((value) => books.withEmail(value));
    if (name === "DisplayName") return wanted.flatMap((value) => books.withName(value));
  }
  return books.all();
}

type Field = { path: string[]; kind: "text" | "time" | "number" | "flag" };

const FIELDS: Record<string, Field> = Object.fromEntries([
  ...[
    "DisplayName",
    "FullyQualifiedName",
    "Title",
    "GivenName",
    "MiddleName",
    "FamilyName",
    "Suffix",
    "CompanyName",
    "PrintOnCheckName",
  ].map(
    // prettier-ignore
    (name): [string, Field] => [name.toLowerCase(), { path: [name], kind: "text" }],
  ),
  ["id", { path: ["Id"], kind: "number" }],
  ["balance", { path: ["Balance"], kind: "number" }],
  ["active", { path: ["Active"], kind: "flag" }],
  ["taxable", { path: ["Taxable"], kind: "flag" }],
  ["job", { path: ["Job"], kind: "flag" }],
  ["primaryemailaddr", { path: ["PrimaryEmailAddr", "Address"], kind: "text" }],
  ["primaryemailaddr.address", { path: ["PrimaryEmailAddr", "Address"], kind: "text" }],
  ["primaryphone", { path: ["PrimaryPhone", "FreeFormNumber"], kind: "text" }],
  ["primaryphone.freeformnumber", { path: ["PrimaryPhone", "FreeFormNumber"], kind: "text" }],
  ["metadata.createtime", { path: ["MetaData", "CreateTime"], kind: "time" }],
  ["metadata.lastupdatedtime", { path: ["MetaData", "LastUpdatedTime"], kind: "time" }],
]);

function fieldOf(name: string): Field {
  const field = FIELDS[name.toLowerCase()];
  if (field === undefined) throw queryInvalid(`Property ${name} not found for Entity Customer`);
  return field;
}

function ranks({ path, kind }: Field): (customer: Customer) => string | number {
  return (customer) => {
    let value: unknown = customer;
    for (const step of path) value = (value as Values | undefined)?.[step];
    return rankOf(value === undefined ? "" : String(value as string | number | boolean), kind);
  };
}

function rankOf(value: string, kind: Field["kind"]): string | number {
  if (kind === "time") return value === "" ? 0 : Date.parse(value);
  if (kind === "number") return Number(value);
  return keyOf(value);
}

function testOf({ field: name, operator, values }: Condition): (customer: Customer) => boolean {
  const field = fieldOf(name);
  const rank = ranks(field);
  const wanted = values.map((value) => rankOf(value, field.kind));
  if (wanted.some(Number.isNaN))
    throw queryInvalid(`value '${String(values[0])}' for ${name} is invalid`);
  const [first = ""] = wanted;
  switch (operator) {
    case "=":
      return (customer) => rank(customer) === first;
    case "<":
      return (customer) => rank(customer) < first;
    case ">":
      return (customer) => rank(customer) > first;
    case "<=":
      return (customer) => rank(customer) <= first;
    case ">=":
      return (customer) => rank(customer) >= first;
    case "IN": {
      const set = new Set(wanted);
      return (customer) => set.has(rank(customer));
    }
    case "LIKE": {
      const pattern = String(first)
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("%", ".*");
      const shape = new RegExp(`^${pattern}$`, "s");
      return (customer) => shape.test(String(rank(customer)));
    }
    default:
      return operator satisfies never;
  }
}
