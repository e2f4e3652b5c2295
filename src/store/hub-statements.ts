import type { EntityName } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";
import type { Origins } from "#domain/ownership.ts";
import { clean } from "./clean.ts";
import { sql } from "./drizzle.ts";
import type { hubRecords } from "./tables/hub-records.ts";

type Row = typeof hubRecords.$inferSelect;

/** Values by which a golden record is found. */
export type Keys = readonly { field: string; value: string }[];

export const withIds = (entity: EntityName, ids: readonly string[]) => sql`
  select r.* from jsonb_array_elements_text(${JSON.stringify([...new Set(ids)].map(clean))}::jsonb) i (id)
  cross join lateral (
    select * from hub_records where entity = ${entity} and id = i.id offset 0
  ) r`;

/** `ways`: values by which nobody else may be there; one row says whether somebody was, and nothing was stored. */
export const created = (
  entity: EntityName,
  { id, fields, origins }: { id: string; fields: Fields; origins: Origins },
  keys: Keys,
  ways: readonly Keys[],
) => sql`
  with other as materialized (
    select ${ways.length === 0 ? sql`false` : sql`hub_has_other(${entity}, ${id}, ${JSON.stringify(ways)}::jsonb)`} as taken
  ), made as (
    insert into hub_records (entity, id, fields, origins, changed_at, tx, seq)
    select ${entity}, ${id}, ${JSON.stringify(fields)}, ${JSON.stringify(origins)}, now(),
      pg_current_xact_id()::text::bigint, nextval('hub_seq')
    from other where not taken
    on conflict (entity, id) do nothing
    returning id
  ), kept as (
    insert into hub_keys (entity, id, field, value)
    select ${entity}, made.id, k.field, k.value
    from made, jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (field text, value text)
  )
  select taken from other`;

/** Nothing is stored when somebody else has changed the record since it was read. */
export const updated = (
  entity: EntityName,
  { id, version }: Row,
  { fields, origins, gone }: Pick<Row, "fields" | "origins" | "gone">,
  keys: Keys,
) => sql`
  with changed as (
    update hub_records set fields = ${JSON.stringify(fields)}, origins = ${JSON.stringify(origins)},
      gone = ${gone}, version = version + 1, changed_at = now(),
      tx = pg_current_xact_id()::text::bigint, seq = nextval('hub_seq')
    where entity = ${entity} and id = ${id} and version = ${version}
    returning id
  ), kept as (
    insert into hub_keys (entity, id, field, value)
    select ${entity}, changed.id, k.field, k.value
    from changed, jsonb_to_recordset(${JSON.stringify(gone ? [] : keys)}::jsonb) as k (field text, value text)
    on conflict (entity, id, field) do update set value = excluded.value
    returning field
  ), dropped as (
    delete from hub_keys k using changed
    where k.entity = ${entity} and k.id = changed.id and k.field not in (select field from kept)
  )
  select id from changed`;

/** Whose the fields are now, though all have the values they had: to those who read it nothing has changed. */
export const owned = (entity: EntityName, { id, version }: Row, origins: Origins) => sql`
  update hub_records set origins = ${JSON.stringify(origins)}, version = version + 1
  where entity = ${entity} and id = ${id} and version = ${version}
  returning id`;

export const found = (entity: EntityName, field: string, values: readonly string[]) => sql`
  select v.n, r.*
  from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) with ordinality v (value, n)
  cross join lateral (
    select id from hub_keys where entity = ${entity} and field = ${field} and value = v.value offset 0
  ) k
  cross join lateral (
    select * from hub_records where entity = ${entity} and id = k.id and not gone offset 0
  ) r`;
