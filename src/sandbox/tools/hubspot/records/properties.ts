import { invalidProperties, type Problem } from "../errors.ts";
import type { ObjectType, Properties, Values } from "../objects/object-type.ts";
import { invalid, stored } from "./property-kinds.ts";

/**
 * What will be stored of the values given for a new record or for the one there was: in the form
 * HubSpot keeps them, `""` as null. Refuses as HubSpot does, telling everything that is wrong.
 */
export function checked(
  type: ObjectType,
  given: Record<string, string>,
  before: Properties | null,
  required: readonly string[],
): Values {
  const problems = Object.entries(given).flatMap(
    ([name, value]) => problemWith(type, name, value) ?? [],
  );
  if (problems.length > 0) throw invalidProperties(problems);
  const kept = Object.entries(given).map(([name, value]): [string, string | null] => {
    const kind = type.properties[name];
    return [name, value === "" || kind === undefined ? null : stored(kind, value)];
  });
  const changes = type.settle(before, Object.fromEntries(kept));
  const after = merged(before ?? {}, changes);
  const further = [
    ...type.problems(after),
    ...required.flatMap((name) => missing(name, before, after)),
  ];
  if (further.length > 0) throw invalidProperties(further);
  return changes;
}

function problemWith(type: ObjectType, name: string, value: string): Problem | undefined {
  const kind = type.properties[name];
  if (kind === undefined) {
    const message = `Property "${name}" does not exist`;
    return { message, error: "PROPERTY_DOESNT_EXIST", name };
  }
  if (kind.kind === "read_only") {
    return { message: `"${name}" is a read only property`, error: "READ_ONLY_VALUE", name };
  }
  return value === "" ? undefined : invalid(kind, name, value);
}

/** What an admin made a duty: to be there from the start, and not to be emptied (its wording is unverified). */
function missing(name: string, before: Properties | null, after: Properties): Problem[] {
  const lost = before === null || before[name] !== undefined;
  if (!lost || after[name] !== undefined) return [];
  return [{ message: `Property "${name}" is required`, error: "REQUIRED_FIELD", name }];
}

export function merged(before: Properties, changes: Values): Properties {
  const after = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after;
}
