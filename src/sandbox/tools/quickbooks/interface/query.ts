import type { Company } from "../company/company.ts";
import type { Entity, Stored } from "../company/entity.ts";
import { keyOf } from "../company/names.ts";
import { queryInvalid } from "../errors.ts";
import type { Values } from "../fields/values.ts";
import { fieldOf, hidesInactive, rankOf, ranks } from "./query-fields.ts";
import { type Condition, parseSelect, type Select } from "./query-syntax.ts";

const MOST = 1000;
/** Entities of a company that has none of them. */
export const emptyEntities = ["Payment", "Vendor", "Employee", "Estimate"];

/** Answers a select statement with the content of a `QueryResponse`. */
export function query(statement: string, { entities, info }: Company): Values {
  const select = parseSelect(statement);
  if (select.maxResults > MOST || select.maxResults < 1) {
    throw queryInvalid(
      `value ${String(select.maxResults)} for maxresults is not between 1 and 1000`,
    );
  }
  if (select.startPosition < 1) throw queryInvalid("startposition begins at 1");
  const asked = (name: string) => name.toLowerCase() === select.entity.toLowerCase();
  if (asked("CompanyInfo")) return paged([info], select, "CompanyInfo");
  const empty = emptyEntities.find(asked);
  if (empty !== undefined) return paged([], select, empty);
  const entity = entities.find(({ name }) => asked(name));
  if (entity === undefined) throw queryInvalid(`Entity ${select.entity} is not supported`);
  return paged(matching(select, entity), select, entity.name);
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

function matching({ where, order }: Select, entity: Entity): Stored[] {
  const tests = where.map((condition) => testOf(entity, condition));
  const asksActive = where.some(({ field }) => fieldOf(entity.name, field).path[0] === "Active");
  const everyOne = asksActive || !hidesInactive(entity.name);
  const found = [...candidates(where, entity)].filter(
    (record) => (everyOne || record["Active"] === true) && tests.every((test) => test(record)),
  );
  const keys = order.map(({ field, descending }) => ({
    rank: ranks(fieldOf(entity.name, field)),
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

/** The few that can match, where a condition names what there is an index of; else all of them. */
function candidates(where: Condition[], entity: Entity): Iterable<Stored> {
  for (const { field, operator, values } of where) {
    if (operator !== "=" && operator !== "IN") continue;
    const [name = ""] = fieldOf(entity.name, field).path;
    const found = entity.lookUp?.(name, [...new Set(values.map(keyOf))]);
    if (found !== undefined) return found;
  }
  return entity.all();
}

function testOf(
  entity: Entity,
  { field: name, operator, values }: Condition,
): (record: Values) => boolean {
  const field = fieldOf(entity.name, name);
  const rank = ranks(field);
  const wanted = values.map((value) => rankOf(value, field.kind));
  if (wanted.some(Number.isNaN))
    throw queryInvalid(`value '${String(values[0])}' for ${name} is invalid`);
  const [first = ""] = wanted;
  switch (operator) {
    case "=":
      return (record) => rank(record) === first;
    case "<":
      return (record) => rank(record) < first;
    case ">":
      return (record) => rank(record) > first;
    case "<=":
      return (record) => rank(record) <= first;
    case ">=":
      return (record) => rank(record) >= first;
    case "IN": {
      const set = new Set(wanted);
      return (record) => set.has(rank(record));
    }
    case "LIKE": {
      const pattern = String(first)
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("%", ".*");
      const shape = new RegExp(`^${pattern}$`, "s");
      return (record) => shape.test(String(rank(record)));
    }
    default:
      return operator satisfies never;
  }
}
