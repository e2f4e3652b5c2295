import type { Value } from "#domain/fields.ts";
import { checkField } from "../check-field.ts";
import { listed, nearest } from "../nearest.ts";
import type { Between } from "./ends.ts";
import type { Fault } from "./faults.ts";
import type { FlowEntry } from "./shape.ts";

type Named = Pick<FlowEntry, "match" | "where" | "map" | "set">;

/** Every field a flow names must be one of its records, and the tool must have it or take it. */
export function fieldFaults(entry: Named, between: Between): Fault[] {
  return [
    ...matchFaults(entry, between),
    ...Object.entries(entry.where ?? {}).flatMap(([name, value]) =>
      faultsAt(["where", name], given(name, between), valueProblem(name, value, between)),
    ),
    ...Object.entries(entry.map ?? {}).flatMap(([target, source]) => [
      ...faultsAt(["map", target], held(target, between), null),
      ...faultsAt(["map", target], null, given(source, between)),
    ]),
    ...Object.entries(entry.set ?? {}).flatMap(([name, value]) =>
      faultsAt(["set", name], held(name, between), valueProblem(name, value, between)),
    ),
  ];
}

/** One fault a place: with a name that is wrong, its value does not matter. */
function faultsAt(path: readonly string[], name: string | null, value: string | null): Fault[] {
  if (name !== null) return [{ path, message: name, atKey: true }];
  return value === null ? [] : [{ path, message: value }];
}

/** As written; else the best key that the source has and the target can search by. */
export function matchOf({ match }: Named, between: Between): readonly string[] {
  if (match !== undefined) return match;
  const { searchable } = between.to.object;
  const best = between.entity.keys.find(
    (key) => searchable.includes(key) && given(key, between) === null,
  );
  return best === undefined ? [] : [best];
}

function matchFaults(entry: Named, between: Between): Fault[] {
  const { object, title } = between.to;
  if (object.keyed) return keyedFaults(entry, between);
  const able = object.searchable.length === 0 ? "nothing" : listed(object.searchable, 12);
  if (matchOf(entry, between).length === 0)
    return [
      {
        path: ["match"],
        message: `match must name the fields by which a record is looked for; ${title} ${object.name} can be searched by ${able}`,
      },
    ];
  const filled = new Set([...Object.keys(entry.map ?? {}), ...Object.keys(entry.set ?? {})]);
  return (entry.match ?? []).flatMap((name, place) => {
    const path = ["match", String(place)];
    const problem = noField(name, between) ?? (filled.has(name) ? null : given(name, between));
    if (problem !== null) return [{ path, message: problem }];
    if (object.searchable.includes(name)) return [];
    return [
      { path, message: `${title} ${object.name} cannot be searched by ${name}, only by ${able}` },
    ];
  });
}

/** Such a target keeps records under their keys at the source, so nothing is ever looked for. */
const keyedFaults = ({ match = [] }: Named, { to }: Between): Fault[] =>
  match.length === 0
    ? []
    : [
        {
          path: ["match"],
          message: `${to.title} ${to.object.name} knows records by their id at the source and cannot be searched; leave match out`,
        },
      ];

/** Null when the source has the field, or it follows from what the source has. */
function given(name: string, { from, entity, ...rest }: Between): string | null {
  const strange = noField(name, { from, entity, ...rest });
  if (strange !== null) return strange;
  const sample = Object.fromEntries(from.object.fields.map((field) => [field, "x"]));
  if (Object.hasOwn(entity.complete(sample), name)) return null;
  return `${from.title} ${from.object.name} has no ${name}; it has ${listed(from.object.fields, 30)}`;
}

/** Null when the target can hold the field. */
function held(name: string, between: Between): string | null {
  const { object, title } = between.to;
  const strange = noField(name, between);
  if (strange !== null || object.fields.includes(name)) return strange;
  return `${title} ${object.name} cannot hold ${name}; it holds ${listed(object.fields, 30)}`;
}

function noField(name: string, { entity }: Between): string | null {
  const names = Object.keys(entity.fields);
  if (names.includes(name)) return null;
  const meant = nearest(name, names);
  const begin = `a ${entity.one} has no field “${name.slice(0, 60)}”`;
  return meant === null
    ? `${begin}; it has ${listed(names, 30)}`
    : `${begin}; did you mean ${meant}?`;
}

function valueProblem(name: string, value: Value, { entity }: Between): string | null {
  const type = entity.fields[name]?.type;
  if (type === undefined) return null;
  const checked = checkField(type, value);
  return checked.ok ? null : `${name} ${checked.message}`;
}

/** Values in the one spelling that records have: `fr` is `FR`. */
export function spelled(
  values: Readonly<Record<string, Value>> | null | undefined,
  { entity }: Between,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => {
      const type = entity.fields[name]?.type;
      const checked = type && checkField(type, value);
      return [name, checked?.ok === true ? checked.value : value];
    }),
  );
}
