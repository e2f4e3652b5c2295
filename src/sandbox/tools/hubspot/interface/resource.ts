import type { Request } from "../../http.ts";
import { type Association, type End } from "../associations/associations.ts";
import { associationType, typeById } from "../associations/association-types.ts";
import { isObject, type JsonObject, objectWith } from "./body.ts";
import { badRequest } from "../errors.ts";
import { typeNamed } from "../objects/index.ts";
import type { ObjectType, Properties, Values } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";
import { checked } from "../records/properties.ts";
import type { CrmRecord, Records } from "../records/records.ts";

/** One object under one path: `/crm/objects/2026-09/deals`. */
export type Resource = {
  base: string;
  type: ObjectType;
  records: Records;
  portal: Portal;
  /** Properties that a write has to keep filled; the newest version of the interface insists on them. */
  required(): readonly string[];
};

export const valuesFor = (
  { type, required }: Resource,
  given: Record<string, string>,
  before: Properties | null,
): Values => checked(type, given, before, required());

/** The unique property that ids are values of; null where they are ids. */
export function idProperty({ type }: Resource, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const known = type.unique.find(({ name }) => name === value);
  if (known !== undefined) return known.name;
  throw badRequest(`idProperty ${String(value)} is not a unique property of ${type.name}`);
}

/** The associations a body of a new record asks for: `[{to: {id}, types: [{…}]}]`. */
export function associationsIn({ type, portal }: Resource, value: unknown): Association[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest("Invalid input JSON: associations is not a list");
  return value.flatMap((item) => {
    const { to, types } = objectWith(item, ["to", "types"], "an association");
    if (!isObject(to) || !Array.isArray(types) || types.length === 0) {
      throw badRequest("Some required fields were not set: [to, types]");
    }
    return types.map((label): Association => {
      const { associationTypeId, associationCategory } = objectWith(
        label,
        ["associationCategory", "associationTypeId"],
        "an association type",
      );
      const known = typeById(type, associationTypeId);
      if (known === undefined || associationCategory !== "HUBSPOT_DEFINED") {
        throw badRequest(
          `${String(associationCategory)} ${String(associationTypeId)} is not a valid association type for ${type.singular}`,
        );
      }
      const end: End = { object: known.to, id: String(to["id"]) };
      const record = portal.records(end.object).find(end.id);
      if (record === undefined || record.archivedAt !== null) {
        throw badRequest(`Associations were not valid: no ${known.to} with id ${end.id} exist`);
      }
      return {
        to: { object: end.object, id: record.id },
        primary: known.primary?.id === associationTypeId,
      };
    });
  });
}

/** `associations=companies,deals` of a list or a read, as it is told beside each record. */
export function askedAssociations(
  { type, portal }: Resource,
  request: Request,
): (record: CrmRecord) => JsonObject {
  const asked = listed(request, "associations").map((name) => {
    const to = typeNamed(name);
    const kind = to && associationType(type.name, to.name);
    if (kind === undefined) {
      throw badRequest(`${name} cannot be associated with ${type.name}`);
    }
    return kind;
  });
  return ({ id }) => {
    const groups = asked.flatMap((kind): [string, JsonObject][] => {
      const found = portal.associated({ object: type.name, id }, kind.to);
      // A primary company comes twice, once for each of its labels.
      const results = found.flatMap(({ to, primary }) => [
        ...(primary && kind.primary !== null ? [{ id: to.id, type: kind.primary.name }] : []),
        { id: to.id, type: kind.name },
      ]);
      return results.length === 0 ? [] : [[kind.to, { results }]];
    });
    return groups.length === 0 ? {} : { associations: Object.fromEntries(groups) };
  };
}

/** `name=a,b` or `name=a&name=b`. */
export const listed = (request: Request, name: string): string[] =>
  request.query
    .getAll(name)
    .flatMap((names) => names.split(","))
    .filter((one) => one !== "");
