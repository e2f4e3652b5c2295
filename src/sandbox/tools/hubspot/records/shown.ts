import type { ObjectType } from "../objects/object-type.ts";
import type { CrmRecord } from "./records.ts";

/** A property's value as HubSpot tells it; null if the record has none. */
export function valueOf(type: ObjectType, record: CrmRecord, name: string): string | null {
  if (name === type.created) return record.createdAt;
  if (name === type.modified) return record.updatedAt;
  if (name === "hs_object_id") return record.id;
  const derive = type.derived[name];
  return derive === undefined
    ? (record.properties[name] ?? null)
    : derive(record.properties, record.id);
}

/** A record as an answer shows it: the properties asked for, and those that always come. */
export function shown(
  type: ObjectType,
  record: CrmRecord,
  asked: readonly string[],
): Record<string, unknown> {
  const always = [type.created, "hs_object_id", type.modified];
  const names = asked.length === 0 ? type.usual : [...new Set([...asked, ...always])];
  return {
    id: record.id,
    properties: Object.fromEntries(names.map((name) => [name, valueOf(type, record, name)])),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archivedAt !== null,
    ...(record.archivedAt !== null && { archivedAt: record.archivedAt }),
  };
}
