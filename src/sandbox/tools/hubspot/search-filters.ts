import { objectWith, textsIn } from "./body.ts";
import type { Contact } from "./contacts.ts";
import { badRequest } from "./errors.ts";
import { instantOf, properties } from "./properties.ts";
import { valueOf } from "./shown.ts";

export type Test = (contact: Contact) => boolean;

/** One filter of a search as a test; a 400 if its operator, property or value is not known. */
export function filterOf(given: unknown): Test {
  const allowed = ["propertyName", "operator", "value", "values", "highValue"];
  const filter = objectWith(given, allowed, "a filter");
  const name = known(filter["propertyName"]);
  const text = (key: string) => {
    const value = filter[key];
    if (typeof value !== "string") throw badRequest(`A filter on ${name} needs ${key}, a text`);
    return value;
  };
  const list = () => textsIn(filter["values"], "values").map((value) => rank(name, value));
  const one = (key = "value") => rank(name, text(key));
  const when = (test: (rank: number | string) => boolean): Test => {
    return (contact) => {
      const value = valueOf(contact, name);
      return value !== null && test(rank(name, value));
    };
  };
  const not =
    (test: Test): Test =>
    (contact) =>
      !test(contact);

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
      return setFilter(filter["operator"], { one, list, when, not, text, name });
  }
}

type Parts = {
  one: (key?: string) => number | string;
  list: () => (number | string)[];
  when: (test: (rank: number | string) => boolean) => Test;
  not: (test: Test) => Test;
  text: (key: string) => string;
  name: string;
};

function setFilter(operator: unknown, { one, list, when, not, text, name }: Parts): Test {
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
      return (contact) => valueOf(contact, name) !== null;
    case "NOT_HAS_PROPERTY":
      return (contact) => valueOf(contact, name) === null;
    case "CONTAINS_TOKEN": {
      const token = text("value").toLowerCase().replaceAll("*", "");
      return (contact) => (valueOf(contact, name) ?? "").toLowerCase().includes(token);
    }
    case "NOT_CONTAINS_TOKEN": {
      const token = text("value").toLowerCase().replaceAll("*", "");
      return (contact) => !(valueOf(contact, name) ?? "").toLowerCase().includes(token);
    }
    default:
      throw badRequest(`operator ${String(operator)} is not supported`);
  }
}

export function known(name: unknown): string {
  if (typeof name === "string" && properties[name] !== undefined) return name;
  throw badRequest(`There was a problem with the request: property ${String(name)} does not exist`);
}

/** A value in the form in which it is compared: instants and ids as numbers, the rest as text. */
export function rank(name: string, value: string): number | string {
  const property = properties[name];
  if (property?.kind !== "read_only" || property.type === "string") return value.toLowerCase();
  const number = property.type === "datetime" ? instantOf(value) : Number(value);
  if (Number.isNaN(number)) throw badRequest(`${value} is not a valid value for ${name}`);
  return number;
}
