import { type Answer, json, type Request } from "../../http.ts";
import { bodyOf, objectWith, textsIn } from "../interface/body.ts";
import { badRequest } from "../errors.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { CrmRecord } from "../records/records.ts";
import { filterOf, known, rank, type Test } from "./search-filters.ts";
import { shown, valueOf } from "../records/shown.ts";

const MOST_RESULTS = 10_000;
const LIMIT = 200;
const GROUPS = 5;
const FILTERS = 6;
/** In all groups together; newer documentation allows more, so this is the strict reading. */
const ALL_FILTERS = 18;
const LONGEST = 3000;

/** `POST …/search`: at most 200 a page and 10,000 a query. */
export function search(request: Request, type: ObjectType, visible: Iterable<CrmRecord>): Answer {
  if (request.body.length > LONGEST) {
    throw badRequest(`A search has at most ${LONGEST.toLocaleString("en")} characters`);
  }
  const body = bodyOf(request, ["filterGroups", "sorts", "query", "properties", "limit", "after"]);
  const limit = wholeNumber(body["limit"] ?? 10, "limit");
  if (limit < 1 || limit > LIMIT) throw badRequest(`limit must be between 1 and ${String(LIMIT)}`);
  const after = wholeNumber(body["after"] ?? 0, "after");
  if (after >= MOST_RESULTS) {
    throw badRequest(
      `Paging past ${String(MOST_RESULTS)} results of one query is not supported: after=${String(after)}`,
    );
  }
  const passes = testOf(type, body["filterGroups"] ?? [], body["query"]);
  const order = orderOf(type, body["sorts"] ?? []);
  const asked = textsIn(body["properties"], "properties");

  const hits = [...visible].filter(passes).sort(order);
  const end = Math.min(after + limit, MOST_RESULTS);
  return json(200, {
    total: hits.length,
    results: hits.slice(after, end).map((record) => shown(type, record, asked)),
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

function testOf(type: ObjectType, groups: unknown, query: unknown): Test {
  if (!Array.isArray(groups)) throw badRequest("filterGroups must be a list");
  if (groups.length > GROUPS) {
    throw badRequest(`At most ${String(GROUPS)} filterGroups are allowed`);
  }
  let filtering = 0;
  const tests = groups.map((group) => {
    const { filters } = objectWith(group, ["filters"], "a filter group");
    if (!Array.isArray(filters)) throw badRequest("filters must be a list");
    filtering += filters.length;
    if (filters.length > FILTERS || filtering > ALL_FILTERS) {
      throw badRequest(
        `At most ${String(FILTERS)} filters are allowed in a filter group, and ${String(ALL_FILTERS)} in all`,
      );
    }
    const all = filters.map((filter) => filterOf(type, filter));
    return (record: CrmRecord) => all.every((test) => test(record));
  });
  const words = typeof query === "string" ? query.toLowerCase() : "";
  const mentions = (record: CrmRecord) =>
    type.searched.some((name) => (valueOf(type, record, name) ?? "").toLowerCase().includes(words));
  return (record) =>
    (tests.length === 0 || tests.some((test) => test(record))) &&
    (words === "" || mentions(record));
}

/** One sort at most: `{propertyName, direction}`, or a property's name for ascending. */
function orderOf(type: ObjectType, sorts: unknown): (a: CrmRecord, b: CrmRecord) => number {
  if (!Array.isArray(sorts)) throw badRequest("sorts must be a list");
  if (sorts.length > 1) throw badRequest("Only one sort is allowed");
  const byId = (a: CrmRecord, b: CrmRecord) => Number(a.id) - Number(b.id);
  const [sort] = sorts as unknown[];
  if (sort === undefined) return byId;
  const { propertyName, direction = "ASCENDING" } =
    typeof sort === "string"
      ? { propertyName: sort }
      : objectWith(sort, ["propertyName", "direction"], "a sort");
  const name = known(type, propertyName);
  if (direction !== "ASCENDING" && direction !== "DESCENDING") {
    throw badRequest(`direction ${String(direction)} is not supported`);
  }
  const sign = direction === "ASCENDING" ? 1 : -1;
  const ranks = new Map<CrmRecord, number | string>();
  const rankOf = (record: CrmRecord) => {
    const known = ranks.get(record);
    if (known !== undefined) return known;
    const value = rank(type, name, valueOf(type, record, name));
    ranks.set(record, value);
    return value;
  };
  return (a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    if (left === right) return byId(a, b);
    return left < right ? -sign : sign;
  };
}
