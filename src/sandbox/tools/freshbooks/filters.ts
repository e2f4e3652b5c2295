import { wrongQuery } from "./errors.ts";
import type { Values } from "./fields.ts";
import type { Invoice } from "./invoice-state.ts";
import { isDate } from "./time.ts";

/** Whether a record is what a search of this value looks for. */
type Filter = (record: Values, wanted: string) => boolean;

const written = (record: Values, field: string): string => String((record[field] ?? "") as string);

/** A match anywhere in one of these fields, whatever the capitals. */
const like =
  (...fields: string[]): Filter =>
  (record, wanted) =>
    fields.some((field) => written(record, field).toLowerCase().includes(wanted.toLowerCase()));

const equals =
  (field: string): Filter =>
  (record, wanted) =>
    written(record, field) === wanted;

/**
 * From a day on, or up to and without one. FreshBooks knows days here, not times, even for `updated`,
 * which is a time. Source: freshbooks.com/api/parameters.
 */
const days = (field: string): Record<string, Filter> => ({
  [`${field}_min`]: (record, wanted) => written(record, field).slice(0, 10) >= wanted,
  [`${field}_max`]: (record, wanted) => written(record, field).slice(0, 10) < wanted,
});

const renamed = (filters: Record<string, Filter>, from: string, to: string) =>
  Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [name.replace(from, to), filter]),
  );

/** Source: freshbooks.com/api/clients. */
export const clientFilters: Record<string, Filter> = {
  address_like: like("p_street", "p_street2", "p_city", "p_province", "p_code", "p_country"),
  email: equals("email"),
  fname_like: like("fname"),
  lname_like: like("lname"),
  note_like: like("note"),
  organization_like: like("organization"),
  phone_like: like("mob_phone", "home_phone", "bus_phone", "fax"),
  user_like: like("fname", "lname", "organization", "email"),
  userid: equals("id"),
  vis_state: equals("vis_state"),
  ...days("updated"),
};

export const invoiceFilters: Record<string, Filter> = {
  customerid: equals("customerid"),
  invoiceid: equals("id"),
  invoice_id: equals("id"),
  invoice_number: equals("invoice_number"),
  invoice_number_like: like("invoice_number"),
  currency_code: equals("currency_code"),
  v3_status: equals("v3_status"),
  status: equals("status"),
  vis_state: equals("vis_state"),
  ...renamed(days("create_date"), "create_date", "date"),
  ...days("updated"),
};

/**
 * What a query's `search[…]` leaves of the records. Deleted ones are hidden unless asked for. That a search
 * by an unknown name is refused is unverified: passing it over would answer everything.
 */
export function found<Item extends Values>(
  all: Iterable<Item>,
  query: URLSearchParams,
  filters: Readonly<Record<string, Filter>>,
): Item[] {
  const wanted = searchesIn(query, filters);
  const hides = !wanted.some(({ name }) => name === "vis_state");
  return [...all].filter(
    (record) =>
      !(hides && record["vis_state"] === 1) &&
      wanted.every(({ filter, values }) => values.some((value) => filter(record, value))),
  );
}

type Search = { name: string; filter: Filter; values: string[] };

/** Several `search[name][]` are a list, any of which may match. */
function searchesIn(
  query: URLSearchParams,
  filters: Readonly<Record<string, Filter>>,
): readonly Search[] {
  const searches = new Map<string, Search>();
  for (const [key, value] of query) {
    const [, name] = /^search\[(\w+)\](?:\[\])?$/.exec(key) ?? [];
    if (name === undefined) continue;
    const filter = filters[name];
    if (filter === undefined)
      throw wrongQuery(1004, name, `Search by '${name}' is not supported.`, value);
    if (/_(min|max)$/.test(name) && !isDate(value))
      throw wrongQuery(1033, name, "Value must be a date of the form YYYY-MM-DD.", value);
    const before = searches.get(name)?.values ?? [];
    searches.set(name, { name, filter, values: [...before, value] });
  }
  return [...searches.values()];
}

/** `sort=updated_asc`; by id, the newest last, unless asked otherwise (that default is unverified). */
export function sorted<Item extends Values>(items: Item[], query: URLSearchParams): Item[] {
  const [, field, direction] = /^(\w+)_(asc|desc)$/.exec(query.get("sort") ?? "") ?? [];
  if (field === undefined) return items.sort((a, b) => Number(a["id"]) - Number(b["id"]));
  const sign = direction === "asc" ? 1 : -1;
  return items.sort((a, b) => {
    const [left, right] = [written(a, field), written(b, field)];
    return left === right ? Number(a["id"]) - Number(b["id"]) : left < right ? -sign : sign;
  });
}

/** An invoice as it is told: without its lines, unless they are asked for. */
export function withIncluded(invoice: Invoice, query: URLSearchParams): Values {
  const { lines, ...rest } = invoice;
  const asked = [...query.getAll("include[]"), ...query.getAll("include")];
  return asked.includes("lines") ? { ...rest, lines } : rest;
}
