import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { entityOf, type EntityName } from "#domain/entities/index.ts";
import { isBlank, type Fields } from "#domain/fields.ts";
import { hubFields } from "#domain/hub.ts";
import type { Origins } from "#domain/ports/hub.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { TargetRecord, Write, WriteOutcome } from "#domain/record.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import type { Database } from "./handle.ts";
import { referencesOf } from "./hub-source.ts";
import { hubRecords } from "./tables/hub-records.ts";

/** Golden records of an entity as a flow writes them. A request that is repeated changes nothing. */
export function hubTarget(db: Database, entity: EntityName, from: string): Target {
  const { keys } = entityOf(entity);

  async function rowsOf(ids: readonly string[]) {
    const rows = await db.rows(sql`
      select r.* from jsonb_array_elements_text(${JSON.stringify([...new Set(ids)].map(clean))}::jsonb) i (id)
      cross join lateral (
        select * from hub_records where entity = ${entity} and id = i.id offset 0
      ) r`);
    return rows.map((row) => decode(hubRecords, row));
  }

  async function outcomeOf(write: Write, request: string, n: number): Promise<WriteOutcome> {
    const at = new Date().toISOString();
    if (write.kind === "create") {
      const id = idFor(entity, `${request}:${String(n)}`);
      await db.rows(created(entity, id, write.fields, originsOf(write.fields, from, at), keys)); // prettier-ignore
      return { kind: "accepted", id, version: null };
    }
    const [row] = await rowsOf([write.id]);
    if (row === undefined || row.gone) return { kind: "missing" };
    const archived = write.kind === "archive";
    const fields = archived ? row.fields : { ...row.fields, ...write.fields };
    const origins = archived ? row.origins : { ...row.origins, ...originsOf(write.fields, from, at) }; // prettier-ignore
    const changed = await db.rows(updated(entity, row, { fields, origins, gone: archived }, keys));
    return changed.length === 0 ? { kind: "stale" } : { kind: "accepted", id: row.id, version: null }; // prettier-ignore
  }

  return {
    batch: 100,
    parallel: 2,
    repeat: "request_id",
    lagMs: 0,
    searchable: keys,
    holds: new Set(hubFields(entity)),
    coarse: new Set(),
    references: referencesOf(entity),
    needs: [],
    keyed: false,

    async find(field, wanted) {
      const rows = await db.rows(found(entity, field, wanted.map(keyText)));
      const groups = wanted.map((): TargetRecord[] => []);
      for (const row of rows) groups[Number(row["n"]) - 1]?.push(toTarget(decode(hubRecords, row)));
      return groups;
    },

    async read(ids) {
      return (await rowsOf(ids)).filter(({ gone }) => !gone).map(toTarget);
    },

    async send({ id, writes }) {
      const outcomes: WriteOutcome[] = [];
      for (const [n, write] of writes.entries()) outcomes.push(await outcomeOf(write, id, n));
      return { kind: "each", outcomes };
    },
  };
}

type Row = typeof hubRecords.$inferSelect;

const toTarget = ({ id, fields, changedAt }: Row): TargetRecord => ({
  id,
  version: null,
  fields,
  changedAt: changedAt.toString(),
});

/** The same request makes the same id, so that a repetition finds its record there. */
const idFor = (entity: EntityName, request: string): string =>
  `${entity}_${createHash("sha256").update(request).digest("hex").slice(0, 24)}`;

const originsOf = (fields: Fields, from: string, at: string): Origins =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, { from, at }]));

const keyText = (value: string): string => clean(value.trim().normalize("NFC").toLowerCase());

const keyRows = (fields: Fields, keys: readonly string[]): string =>
  JSON.stringify(
    keys.flatMap((field) => {
      const value = fields[field];
      return typeof value === "string" && !isBlank(value) ? [{ field, value: keyText(value) }] : [];
    }),
  );

const mark = sql`pg_current_xact_id()::text::bigint, nextval('hub_seq')`;

const created = (
  entity: EntityName,
  id: string,
  fields: Fields,
  origins: Origins,
  keys: readonly string[],
) => sql`
  with made as (
    insert into hub_records (entity, id, fields, origins, changed_at, tx, seq)
    values (${entity}, ${id}, ${JSON.stringify(fields)}, ${JSON.stringify(origins)}, now(), ${mark})
    on conflict (entity, id) do nothing
    returning id
  )
  insert into hub_keys (entity, id, field, value)
  select ${entity}, made.id, k.field, k.value
  from made, jsonb_to_recordset(${keyRows(fields, keys)}::jsonb) as k (field text, value text)`;

/** Nothing is stored when somebody else has changed the record since it was read. */
const updated = (
  entity: EntityName,
  { id, version }: Row,
  { fields, origins, gone }: Pick<Row, "fields" | "origins" | "gone">,
  keys: readonly string[],
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
    from changed, jsonb_to_recordset(${gone ? "[]" : keyRows(fields, keys)}::jsonb) as k (field text, value text)
    on conflict (entity, id, field) do update set value = excluded.value
    returning field
  ), dropped as (
    delete from hub_keys k using changed
    where k.entity = ${entity} and k.id = changed.id and k.field not in (select field from kept)
  )
  select id from changed`;

const found = (entity: EntityName, field: string, values: readonly string[]) => sql`
  select v.n, r.*
  from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) with ordinality v (value, n)
  cross join lateral (
    select id from hub_keys where entity = ${entity} and field = ${field} and value = v.value offset 0
  ) k
  cross join lateral (
    select * from hub_records where entity = ${entity} and id = k.id and not gone offset 0
  ) r`;
