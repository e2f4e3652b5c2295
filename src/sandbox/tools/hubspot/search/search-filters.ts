import { objectWith, textsIn } from "../interface/body.ts";
import { badRequest } from "../errors.ts";
import type { ObjectType } from "../objects/object-type.ts";
import { instantOf } from "../records/property-kinds.ts";
import type { CrmRecord } from "../records/records.ts";
import { valueOf } from "../records/shown.ts";

export type Test = (record: CrmRecord) => boolean;

/** One filter of a search as a test; a 400 if its operator, property or value is not known. */
export function filterOf(type: ObjectType, given: unknown): Test {
  const allowed = ["propertyName", "operator", "value", "values", "highValue"];
  const filter = objectWith(given, allowed, "a filter");
  const name = known(type, filter["propertyName"]);
  const text = (key: string) => {
    const value = filter[key];
    if (typeof value !== "string") throw badRequest(`A filter on ${name} needs ${key}, a text`);
    return value;
  };
  // Texts of a list are compared as they are, so that capitals in one find nothing. (HubSpot asks for small letters.)
  const isText = type.properties[name]?.kind === "text" || type.properties[name]?.kind === "email";
  const list = () => textsIn(filter["values"], "values").map((value) => (isText ? value : rank(type, name, value))); // prettier-ignore
  const one = (key = "value") => rank(type, name, text(key));
  const when = (test: (rank: number | string) => boolean): Test => {
    return (record) => {
      const value = valueOf(type, record, name);
      return value !== null && test(rank(type, name, value));
    };
  };
  const not =
    (test: Test): Test =>
    (record) =>
      !test(record);

  switch (filter["operator"]) {
    case "EQ": {
      const value = one();
      return when((rank) => rank === value);
    }
    case "NEQ": {
      const value = one();
      return not(when((rank) => rank === value));
    }
    case "LT": {
      const value = one();
      return when((rank) => rank < value);
    }
    case "LTE": {
      const value = one();
      return when((rank) => rank <= value);
    }
    case "GT": {
      const value = one();
      return when((rank) => rank > value);
    }
    case "GTE": {
      const value = one();
      return when((rank) => rank >= value);
    }
    default:
      return setFilter(filter["operator"], {
        one,
        list,
        when,
        not,
        text,
        value: (record) => valueOf(type, record, name),
      });
  }
}

type Parts = {
  one: (key?: string) => number | string;
  list: () => (number | string)[];
  when: (test: (rank: number | string) => boolean) => Test;
  not: (test: Test) => Test;
  text: (key: string) => string;
  value: (record: CrmRecord) => string | null;
};

function setFilter(operator: unknown, { one, list, when, not, text, value }: Parts): Test {
  switch (operator) {
    case "BETWEEN": {
      const [low, high] = [one(), one("highValue")];
      return when((rank) => rank >= low && rank <= high);
    }
    case "IN": {
      const values = new Set(list());
      return when((rank) => values.has(rank));
    }
    case "NOT_IN": {
      const values = new Set(list());
      return not(when((rank) => values.has(rank)));
    }
    case "HAS_PROPERTY":
      return (record) => value(record) !== null;
    case "NOT_HAS_PROPERTY":
      return (record) => value(record) === null;
    case "CONTAINS_TOKEN": {
      const token = text("value").toLowerCase().replaceAll("*", "");
      return (record) => (value(record) ?? "").toLowerCase().includes(token);
    }
    case "NOT_CONTAINS_TOKEN": {
      const token = text("value").toLowerCase().replaceAll("*", "");
      return (record) => !(value(record) ?? "").toLowerCase().includes(token);
    }
    default:
      throw badRequest(`operator ${String(operator)} is not supported`);
  }
}

export function known(type: ObjectType, name: unknown): string {
  if (typeof name === "string" && type.properties[name] !== undefined) return name;
  throw badRequest(`There was a problem with the request: property ${String(name)} does not exist`);
}

/** A value in the form in which it is compared: numbers and instants as numbers, the rest as text. */
export function rank(type: ObjectType, name: string, value: string | null): number | string {
  const kind = type.properties[name];
  const compared = kind?.kind === "read_only" ? kind.type : kind?.kind;
  if (compared !== "number" && compared !== "date" && compared !== "datetime") {
    return value?.toLowerCase() ?? "";
  }
  if (value === null) return -Infinity;
  const number = compared === "number" ? Number(value) : instantOf(value);
  if (Number.isNaN(number)) throw badRequest(`${value} is not a valid value for ${name}`);
  return number;
}
