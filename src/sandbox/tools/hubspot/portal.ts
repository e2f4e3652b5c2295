import type { Shelf } from "../../collection.ts";
import {
  type Association,
  type Associations,
  type End,
  openAssociations,
} from "./associations/associations.ts";
import { objectTypes } from "./objects/index.ts";
import type { ObjectName, ObjectType } from "./objects/object-type.ts";
import { type Author, type Change, openRecords, type Records } from "./records/records.ts";
import { openSearchIndex, type SearchIndex } from "./search/search-index.ts";

/** One object with all that it has. */
export type Held = { records: Records; index: SearchIndex };

/** What an app of the portal may be told. */
export type Listener = {
  changed(records: Records, change: Change): void;
  associated(from: End, association: Association, removed: boolean, by: Author): void;
};

export type Portal = {
  objects: ReadonlyMap<ObjectName, Held>;
  records(object: ObjectName): Records;
  /** The same that are not archived on the other side. */
  associated(from: End, object: ObjectName): Association[];
  associate(from: End, to: End, primary?: boolean, by?: Author): Association;
  /** False where they were not. */
  dissociate(from: End, to: End, by?: Author): boolean;
  associations: Associations;
  /** By object, the properties an admin made a duty. */
  required: Map<ObjectName, readonly string[]>;
  /** Whether a merged record goes on under the id of the primary one. */
  mergeKeepsId: boolean;
};

/** Everything in the simulated portal. */
export function openPortal(shelf: Shelf, listener: Listener): Portal {
  const objects = new Map<ObjectName, Held>();
  const associations = openAssociations(shelf);
  for (const type of objectTypes.map(withPrimary)) {
    const index = openSearchIndex(0);
    const records = openRecords(shelf, type, (change) => {
      index.hear(change);
      listener.changed(records, change);
    });
    index.fill(records.all());
    objects.set(type.name, { records, index });
  }

  const recordsOf = (object: ObjectName): Records => {
    const held = objects.get(object);
    if (held === undefined) throw new Error(`There is no object ${object}.`);
    return held.records;
  };
  const associated = (from: End, object: ObjectName) =>
    associations
      .of(from, object)
      .filter(({ to }) => recordsOf(object).get(to.id)?.archivedAt === null);
  /** The object with the property that follows from its records' associations, if it has one. */
  function withPrimary(type: ObjectType): ObjectType {
    if (type.primaryCompany === null) return type;
    const primary = (_: unknown, id: string) =>
      associated({ object: type.name, id }, "companies").find((one) => one.primary)?.to.id ?? null;
    return { ...type, derived: { ...type.derived, [type.primaryCompany]: primary } };
  }
  const touch = ({ object, id }: End, by: Author) => {
    const record = recordsOf(object).get(id);
    if (record?.archivedAt === null) recordsOf(object).touch(record, by);
  };
  /** Each side hears of it, and its modification date moves (that it does is unverified). */
  const told = (from: End, association: Association, removed: boolean, by: Author) => {
    const { to, primary } = association;
    listener.associated(from, association, removed, by);
    listener.associated(to, { to: from, primary }, removed, by);
    touch(from, by);
    touch(to, by);
  };

  return {
    objects,
    records: recordsOf,
    associations,
    associated,
    associate(from, to, primary = false, by = "INTEGRATION") {
      const before = associations.of(from, to.object).find((known) => known.to.id === to.id);
      const association = associations.add(from, to, primary);
      if (before?.primary !== association.primary) told(from, association, false, by);
      return association;
    },
    dissociate(from, to, by = "INTEGRATION") {
      const known = associations.of(from, to.object).find((one) => one.to.id === to.id);
      if (known === undefined) return false;
      associations.remove(from, to);
      told(from, known, true, by);
      return true;
    },
    required: new Map(),
    mergeKeepsId: false,
  };
}
