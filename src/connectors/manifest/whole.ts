import { z } from "zod";
import { isBlank, type Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import { clearer, parsePath, withColumns } from "../json/path.ts";
import type { NameOf, NativeObject } from "./compile-field.ts";
import { Name, PathText } from "./request-spec.ts";

/** Fields of which a tool takes all or nothing. */
export const WholeGroup = z.union([
  z.array(Name).min(2),
  z.strictObject({
    fields: z.array(Name).min(1).describe("The fields that all have to be there …"),
    with: z.array(Name).default([]).describe("… and those that may stand beside them."),
    at: PathText.describe("Where the group stands: emptied as one."),
  }),
]);
export type WholeGroup = z.output<typeof WholeGroup>;

/** What is left of a record's fields, and what is emptied besides. */
export type Whole = { fields: Fields; clear: (into: NativeObject, empty: Json) => void };

/** Leaves out what a tool would refuse: an address without its city is not sent at all. */
export function compileWhole(
  groups: readonly WholeGroup[],
  nameOf: (field: string) => NameOf | null,
): (fields: Fields, fresh: boolean) => Whole {
  const compiled = groups.map((group) => ({
    all: Array.isArray(group) ? group : [...group.fields, ...group.with],
    needed: Array.isArray(group) ? group : group.fields,
    clear: Array.isArray(group) ? null : clearerOf(group, nameOf),
  }));

  return (given, fresh) => {
    let fields = given;
    let clear = clearNothing;
    for (const group of compiled) {
      if (!group.needed.some((name) => isBlank(given[name]))) continue;
      const emptied = !fresh && group.needed.every((name) => name in given && isBlank(given[name]));
      if (emptied && group.clear === null) continue;
      fields = withoutThese(fields, group.all);
      if (emptied && group.clear !== null) clear = both(clear, group.clear);
    }
    return { fields, clear };
  };
}

const clearNothing: Whole["clear"] = () => undefined;
const both =
  (one: Whole["clear"], other: Whole["clear"]): Whole["clear"] =>
  (into, empty) => {
    one(into, empty);
    other(into, empty);
  };

function clearerOf(
  { at, fields }: Exclude<WholeGroup, readonly string[]>,
  nameOf: (field: string) => NameOf | null,
): Whole["clear"] | null {
  const names = nameOf(fields[0] ?? "");
  return names === null ? null : clearer(withColumns(parsePath(at) ?? [], names));
}

const withoutThese = (fields: Fields, left: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name)));
