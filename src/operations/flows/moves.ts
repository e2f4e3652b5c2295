import type { Entity } from "#domain/entities/entity.ts";
import type { Flow } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import { sampleOf } from "./checks/fields.ts";
import type { FieldMove } from "./contract.ts";

/** What becomes of one field of the target in a flow. */
export function moveOf(field: string, flow: Flow, from: ObjectFacts, entity: Entity): FieldMove {
  const label = (name: string): string => entity.fields[name]?.label ?? name;
  const personal = entity.fields[field]?.personal ?? true;
  return { field, label: label(field), personal, how: howOf(field, flow, from, entity, label) };
}

function howOf(
  field: string,
  { leaveOut, set, map }: Flow,
  from: ObjectFacts,
  entity: Entity,
  label: (name: string) => string,
): FieldMove["how"] {
  if (leaveOut.includes(field)) return { kind: "left_out" };
  const constant = set[field];
  if (constant !== undefined) return { kind: "always", value: constant };
  const source = map[field];
  if (source !== undefined) return { kind: "from", field: source, label: label(source) };
  const had = Object.hasOwn(entity.complete(sampleOf(from.fields)), field);
  return had ? { kind: "same" } : { kind: "nothing" };
}
