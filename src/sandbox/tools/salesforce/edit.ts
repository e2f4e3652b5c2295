import { merge } from "./children.ts";
import type { Data } from "./data-route.ts";
import { notFound } from "./errors.ts";
import type { SObject, Value } from "./fields.ts";
import { wholeId } from "./ids.ts";
import type { Row } from "./organisation.ts";
import { SOMEBODY } from "./people.ts";
import { derived, type Values } from "./rules.ts";
import { instant, now } from "./time.ts";
import { parsed } from "./values.ts";

/**
 * What people and automations do in the organisation itself, where no rule is asked. Besides fields
 * there are `IsDeleted`, to and from the recycle bin, and `MasterRecordId`, into which this one is
 * merged; nothing at all only moves the system stamp, as an automation does.
 */
export function editRow(
  data: Data,
  object: SObject,
  id: string | null,
  { IsDeleted, MasterRecordId, ...set }: Values,
): Row {
  const { organisation, writer, schema } = data;
  if (id === null) return writer.plant(object, valuesIn(data, object, set), now());
  const row = found(data, object, id);
  if (typeof MasterRecordId === "string")
    return merge(organisation, schema, object, row, found(data, object, MasterRecordId));
  if (IsDeleted === true) {
    writer.remove(object, row);
    return found(data, object, id);
  }
  const values = valuesIn(data, object, set);
  const at = later(row);
  const changed = Object.keys(values).length > 0 || IsDeleted === false;
  if (changed) organisation.tally.updates += 1;
  const after = {
    ...row,
    ...values,
    ...(IsDeleted === false && { IsDeleted }),
    ...(changed && { LastModifiedDate: at, LastModifiedById: SOMEBODY }),
    SystemModstamp: at,
  };
  return organisation.put(object, {
    ...derived(object.name, after, values, row),
    Id: row.Id,
  });
}

/** Read as the interface reads them, but not checked further. */
const valuesIn = ({ schema }: Data, object: SObject, set: Record<string, unknown>): Values =>
  Object.fromEntries(
    Object.entries(set).map(([name, value]): [string, Value] => {
      const field = schema.field(object, name);
      if (field === undefined) throw new Error(`${object.name} has no field ${name}.`);
      return [field.name, parsed(field, value)];
    }),
  );

/** By id, by e-mail or by name. */
function found({ organisation }: Data, object: SObject, key: string): Row {
  const row =
    organisation.get(object, wholeId(key) ?? "") ??
    organisation.holders(object, "Email", key)[0] ??
    organisation.holders(object, "Name", key)[0];
  if (row === undefined) throw notFound();
  return row;
}

/** Now, and in any case later than before: the second after, where both are within one second. */
const later = (row: Row): string => {
  const before = Date.parse(String(row["SystemModstamp"]));
  return instant(Math.max(Date.now(), before + 1000));
};
