import type { Entity } from "#domain/entities/entity.ts";
import type { Fields, Value } from "#domain/fields.ts";
import { article } from "../../article.ts";
import { checkField } from "../../check-field.ts";
import { listed, nearest } from "../../nearest.ts";
import type { Between } from "../../workspace/ends.ts";
import type { Fault } from "../../workspace/faults.ts";

/** One fault a place: with a name that is wrong, its value does not matter. */
export function faultsAt(
  path: readonly string[],
  name: string | null,
  value: string | null,
): Fault[] {
  if (name !== null) return [{ path, message: name, atKey: true }];
  return value === null ? [] : [{ path, message: value }];
}

/** Null when the source has the field, or it follows from what the source has. */
export function given(
  name: string,
  { from, entity }: Pick<Between, "from" | "entity">,
): string | null {
  const strange = noField(name, { entity });
  if (strange !== null) return strange;
  if (Object.hasOwn(entity.complete(sampleOf(from.object.fields)), name)) return null;
  return `${from.title} ${from.object.name} has no ${name}; it has ${listed(from.object.fields, 30)}`;
}

/** Null when the target can hold the field. */
export function held(name: string, between: Between): string | null {
  const { object, title } = between.to;
  const strange = noField(name, between);
  if (strange !== null || object.fields.includes(name)) return strange;
  return `${title} ${object.name} cannot hold ${name}; it holds ${listed(object.fields, 30)}`;
}

export function noField(name: string, { entity }: Pick<Between, "entity">): string | null {
  const names = Object.keys(entity.fields);
  if (names.includes(name)) return null;
  const meant = nearest(name, names);
  const begin = `${article(entity.one)} has no field “${name.slice(0, 60)}”`;
  return meant === null
    ? `${begin}; it has ${listed(names, 30)}`
    : `${begin}; did you mean ${meant}?`;
}

export function valueProblem(
  name: string,
  value: Value,
  { entity }: Pick<Between, "entity">,
): string | null {
  const type = entity.fields[name]?.type;
  if (type === undefined) return null;
  const checked = checkField(type, value);
  return checked.ok ? null : `${name} ${checked.message}`;
}

/** A record that says something in each of these fields. */
export const sampleOf = (fields: readonly string[]): Fields =>
  Object.fromEntries(fields.map((field) => [field, "x"]));

/** Values in the one spelling that records have: `fr` is `FR`. */
export function spelled(
  values: Readonly<Record<string, Value>> | null | undefined,
  { fields }: Pick<Entity, "fields">,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => {
      const type = fields[name]?.type;
      const checked = type && checkField(type, value);
      return [name, checked?.ok === true ? checked.value : value];
    }),
  );
}
