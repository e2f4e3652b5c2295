import { badRequest } from "../errors.ts";
import type { JsonObject } from "../interface/body.ts";
import type { Request } from "../../http.ts";
import { typeNamed } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";
import { type AssociationType, associationType } from "./association-types.ts";
import type { Association, End } from "./associations.ts";

/** Two objects that a path names, and how they are associated in either direction. */
export type Pair = {
  from: ObjectType;
  to: ObjectType;
  kind: AssociationType;
  back: AssociationType;
};

export function pairIn({ params: { from: one = "", to: other = "" } }: Request): Pair {
  const [from, to] = [typeNamed(one), typeNamed(other)];
  if (from !== undefined && to !== undefined) {
    const kind = associationType(from.name, to.name);
    const back = associationType(to.name, from.name);
    if (kind !== undefined && back !== undefined) return { from, to, kind, back };
  }
  throw badRequest(`Unable to infer an association between ${one} and ${other}`);
}

/** An association as it is read; a primary company has both labels. */
export const told = (kind: AssociationType, { to, primary }: Association): JsonObject => ({
  toObjectId: Number(to.id),
  associationTypes: [
    ...(primary && kind.primary !== null
      ? [{ category: "HUBSPOT_DEFINED", typeId: kind.primary.id, label: "Primary" }]
      : []),
    { category: "HUBSPOT_DEFINED", typeId: kind.id, label: null },
  ],
});

/** An association as it was made: both directions. */
export const made = ({ kind, back }: Pair, from: End, to: End): JsonObject[] =>
  [
    { from, to, id: kind.id },
    { from: to, to: from, id: back.id },
  ].map(({ from, to, id }) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId: id },
  }));
