import { entityNames, isEntityName, type EntityName } from "#domain/entities/index.ts";
import type { Ownership } from "#domain/ownership.ts";
import { ownershipFaults, ownershipOf } from "../hub/rules.ts";
import { nearest } from "../nearest.ts";
import { shapeFaults, type Fault } from "./faults.ts";
import { HubEntry } from "./shape.ts";

/** Who owns the fields of an entity; named like the rest of a file. */
export type Owned = { name: EntityName; ownership: Ownership };

/** The hub's part of a file, and all that is wrong with it. */
export function readHub(
  section: Readonly<Record<string, unknown>>,
  connections: Iterable<string>,
): { read: readonly Owned[]; faults: readonly Fault[] } {
  const known = [...connections];
  const read: Owned[] = [];
  const faults: Fault[] = [];
  for (const [name, entry] of Object.entries(section)) {
    const path = ["hub", name];
    if (!isEntityName(name)) {
      faults.push({ path, message: noEntity(name), atKey: true });
      continue;
    }
    const shape = HubEntry.safeParse(entry);
    if (!shape.success) {
      const allowed = (at: readonly PropertyKey[]) => (at.length === 0 ? Object.keys(HubEntry.shape) : []); // prettier-ignore
      faults.push(...shapeFaults(shape.error, path, allowed));
      continue;
    }
    const wrong = ownershipFaults(name, shape.data, known);
    faults.push(...wrong.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
    read.push({ name, ownership: ownershipOf(shape.data) });
  }
  return { read, faults };
}

function noEntity(name: string): string {
  const meant = nearest(name, entityNames);
  const begin = `there is no kind of record “${name.slice(0, 60)}”`;
  return meant === null
    ? `${begin}; there are ${entityNames.join(", ")}`
    : `${begin}; did you mean ${meant}?`;
}
