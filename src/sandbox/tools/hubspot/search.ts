import { type Answer, json, type Request } from "../http.ts";
import { bodyOf, objectWith, textsIn } from "./body.ts";
import type { Contact } from "./contacts.ts";
import { badRequest } from "./errors.ts";
import { filterOf, known, rank, type Test } from "./search-filters.ts";
import { shown, valueOf } from "./shown.ts";

const MOST_RESULTS = 10_000;
const LIMIT = 200;

/** `POST …/search`: at most 200 a page and 10,000 a query. */
export function search(request: Request, visible: () => Iterable<Contact>): Answer {
  const body = bodyOf(request, ["filterGroups", "sorts", "query", "properties", "limit", "after"]);
  const limit = wholeNumber(body["limit"] ?? 10, "limit");
  if (limit < 1 || limit > LIMIT) throw badRequest(`limit must be between 1 and ${String(LIMIT)}`);
  const after = wholeNumber(body["after"] ?? 0, "after");
  if (after >= MOST_RESULTS) {
    throw badRequest(
      `Paging past ${String(MOST_RESULTS)} results of one query is not supported: after=${String(after)}`,
    );
  }
  const passes = testOf(body["filterGroups"] ?? [], body["query"]);
  const order = orderOf(body["sorts"] ?? []);
  const asked = textsIn(body["properties"], "properties");

  const hits = [...visible()].filter(passes).sort(order);
  const end = Math.min(after + limit, MOST_RESULTS);
  return json(200, {
    total: hits.length,
    results: hits.slice(after, end).map((contact) => shown(contact, asked)),
    ...(end < hits.length && { paging: { next: { after: String(end) } } }),
  });
}

function wholeNumber(value: unknown, what: string): number {
  const number = typeof value === "string" ? Number(value || "0") : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0) {
    throw badRequest(`${what} must be a whole number`);
  }
  return number;
}

function testOf(groups: unknown, query: unknown): Test {
  if (!Array.isArray(groups)) throw badRequest("filterGroups must be a list");
  if (groups.length > 5) throw badRequest("At most 5 filterGroups are allowed");
  const tests = groups.map((group) => {
    const { filters } = objectWith(group, ["filters"], "a filter group");
    if (!Array.isArray(filters)) throw badRequest("filters must be a list");
    if (filters.length > 6) throw badRequest("At most 6 filters are allowed in a filter group");
    const all = filters.map(filterOf);
    return (contact: Contact) => all.every((test) => test(contact));
  });
  const words = typeof query === "string" ? query.toLowerCase() : "";
  const mentions = (contact: Contact) =>
    ["email", "firstname", "lastname", "phone", "company"].some((name) =>
      (valueOf(contact, name) ?? "").toLowerCase().includes(words),
    );
  return (contact) =>
    (tests.length === 0 || tests.some((test) => test(contact))) &&
    (words === "" || mentions(contact));
}

/** One sort at most: `{propertyName, direction}`, or a property's name for ascending. */
function orderOf(sorts: unknown): (a: Contact, b: Contact) => number {
  if (!Array.isArray(sorts)) throw badRequest("sorts must be a list");
  if (sorts.length > 1) throw badRequest("Only one sort is allowed");
  const byId = (a: Contact, b: Contact) => Number(a.id) - Number(b.id);
  const [sort] = sorts as unknown[];
  if (sort === undefined) return byId;
  const { propertyName, direction = "ASCENDING" } =
    typeof sort === "string"
      ? { propertyName: sort }
      : objectWith(sort, ["propertyName", "direction"], "a sort");
  const name = known(propertyName);
  if (direction !== "ASCENDING" && direction !== "DESCENDING") {
    throw badRequest(`direction ${String(direction)} is not supported`);
  }
  const sign = direction === "ASCENDING" ? 1 : -1;
  const ranks = new Map<Contact, number | string>();
  const rankOf = (contact: Contact) => {
    const known = ranks.get(contact);
    if (known !== undefined) return known;
    const value = rank(name, valueOf(contact, name) ?? "");
    ranks.set(contact, value);
    return value;
  };
  return (a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    if (left === right) return byId(a, b);
    return left < right ? -sign : sign;
  };
}
