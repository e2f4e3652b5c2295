import type { Shelf } from "../../../collection.ts";
import { associationType } from "./association-types.ts";
import type { ObjectName } from "../objects/object-type.ts";

export type End = { object: ObjectName; id: string };
export type Association = { to: End; primary: boolean };

export type Associations = {
  /** What a record is associated with, of one object. */
  of(from: End, object: ObjectName): Association[];
  /** Both ways. The first company is the primary one, later ones where it is asked for. */
  add(one: End, other: End, primary?: boolean): Association;
  /** False where there was none. */
  remove(one: End, other: End): boolean;
  /** Everything of one record becomes another's. */
  move(from: End, to: End): void;
  /** All of a record's. */
  everyOf(end: End): Association[];
};

type Kept = { one: End; other: End; primary: boolean };

const nameOf = ({ object, id }: End) => `${object}/${id}`;
const keyOf = (one: End, other: End) => [nameOf(one), nameOf(other)].sort().join(" ");

/** Which records belong together. */
export function openAssociations(shelf: Shelf): Associations {
  const kept = shelf.collection<Kept>("associations");
  const byEnd = new Map<string, Map<string, Association>>();

  const note = (from: End, to: End, primary: boolean): Association => {
    const of = byEnd.get(nameOf(from)) ?? new Map<string, Association>();
    const association = { to, primary };
    byEnd.set(nameOf(from), of.set(nameOf(to), association));
    return association;
  };
  for (const { one, other, primary } of kept.values()) {
    note(one, other, primary);
    note(other, one, primary);
  }

  const everyOf = (end: End): Association[] => [...(byEnd.get(nameOf(end))?.values() ?? [])];
  const self: Associations = {
    everyOf,
    of: (from, object) => everyOf(from).filter(({ to }) => to.object === object),
    add(one, other, primary = false) {
      const [owner, company] = one.object === "companies" ? [other, one] : [one, other];
      if (!(associationType(owner.object, company.object)?.primary ?? false)) {
        return set(one, other, false);
      }
      const before = self.of(owner, "companies").find((association) => association.primary);
      const becomes = primary || before === undefined || before.to.id === company.id;
      if (becomes && before !== undefined) set(owner, before.to, false);
      return set(one, other, becomes);
    },
    remove(one, other) {
      const had = byEnd.get(nameOf(one))?.delete(nameOf(other)) ?? false;
      byEnd.get(nameOf(other))?.delete(nameOf(one));
      kept.delete(keyOf(one, other));
      return had;
    },
    move(from, to) {
      for (const { to: other, primary } of everyOf(from)) {
        self.remove(from, other);
        if (nameOf(other) !== nameOf(to))
          self.add(to, other, primary && self.of(to, other.object).length === 0);
      }
    },
  };

  function set(one: End, other: End, primary: boolean): Association {
    kept.set(keyOf(one, other), { one, other, primary });
    note(other, one, primary);
    return note(one, other, primary);
  }

  return self;
}
