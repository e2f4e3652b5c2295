import { badRequest } from "./errors.ts";
import { merge } from "./interface/merge.ts";
import { typeNamed } from "./objects/index.ts";
import type { Portal } from "./portal.ts";
import { checked } from "./records/properties.ts";
import type { CrmRecord, Records } from "./records/records.ts";

const BY = "CRM_UI";

/**
 * Values that a person's edit sets; anything goes but what others have. `archived` moves a record to
 * the recycle bin or back, `merge_into` an id makes it part of another.
 */
export function editRecord(
  portal: Portal,
  object: string | null,
  id: string | null,
  { archived, merge_into, ...set }: Record<string, unknown>,
): CrmRecord {
  const type = typeNamed(object ?? "contacts");
  if (type === undefined) throw badRequest(`There is no object ${object ?? ""}`);
  const records = portal.records(type.name);
  const values = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      value === null || value === "" ? null : String(value as string | number),
    ]),
  );
  if (id === null) return records.create(type.settle(null, values), BY);
  const record = existing(records, id);
  if (typeof merge_into === "string") {
    return merge(portal, records, { primary: existing(records, merge_into), loser: record }, BY);
  }
  if (archived === true) records.archive(record, BY);
  if (archived === false) records.restore(record, BY);
  return records.update(records.get(record.id) ?? record, values, BY);
}

/** The same from the web page, where HubSpot checks what is typed. */
export function saveRecord(records: Records, id: string, values: Record<string, string>): void {
  const record = existing(records, id);
  records.update(record, checked(records.type, values, record.properties, []), BY);
}

function existing(records: Records, id: string): CrmRecord {
  const record = records.find(id) ?? records.findBy("email", id);
  if (record === undefined) throw badRequest(`There is no ${records.type.singular} ${id}`);
  return record;
}
