import { z } from "zod";
import { entityOf, type EntityName } from "#domain/entities/index.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { SourceRecord } from "#domain/record.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { readSettled, xmin } from "./settled.ts";
import { hubRecords } from "./tables/hub-records.ts";

const pageSize = 500;

/** The change after which a read goes on. */
const Mark = z.object({ tx: z.int(), seq: z.int() });
type Mark = z.output<typeof Mark>;
const beginning: Mark = { tx: 0, seq: 0 };

const markOf = (stored: Json | null): Mark => Mark.safeParse(stored).data ?? beginning;

type Row = typeof hubRecords.$inferSelect;

/** Golden records of an entity in the order of their changes. */
export const hubSource = (db: Database, entity: EntityName): Source => ({
  sweeps: "never",
  references: referencesOf(entity),

  async estimate(from) {
    const { tx, seq } = markOf(from);
    const [row] = await db.rows(sql`
      select count(*)::int as n from hub_records
      where entity = ${entity} and not gone and (tx, seq) > (${tx}, ${seq})`);
    return Number(row?.["n"] ?? 0);
  },

  async *pages(from, { gone, signal }) {
    for (let mark = markOf(from); ;) {
      signal.throwIfAborted();
      const rows = await changesAfter(db, entity, mark);
      const last = rows.at(-1);
      if (last !== undefined) mark = { tx: last.tx, seq: last.seq };
      const records = rows.filter((row) => gone || !row.gone).map(toRecord);
      yield { records, checkpoint: mark };
      if (rows.length < pageSize) return;
    }
  },

  async read(ids) {
    const rows = await db.rows(sql`
      select r.* from jsonb_array_elements_text(${JSON.stringify(ids.map(clean))}::jsonb) i (id)
      cross join lateral (
        select * from hub_records where entity = ${entity} and id = i.id offset 0
      ) r`);
    const found = new Map(rows.map((row) => [String(row["id"]), decode(hubRecords, row)]));
    return ids.map((id) => {
      const row = found.get(id);
      return row === undefined ? absent(id) : toRecord(row);
    });
  },

  content: null,
});

/**
 * Only what every transaction before it has been stored with: one that began earlier may still be on
 * its way to storing a change with a smaller mark.
 */
async function changesAfter(db: Database, entity: EntityName, { tx, seq }: Mark): Promise<Row[]> {
  const later = sql`entity = ${entity} and (tx, seq) > (${tx}, ${seq})`;
  const rows = await readSettled(db, {
    rows: sql`
      select * from hub_records where ${later} and tx < ${xmin} order by tx, seq limit ${pageSize}`,
    newest: sql`select max(tx) as tx from hub_records where ${later}`,
    limit: pageSize,
  });
  return rows.map((row) => decode(hubRecords, row));
}

const toRecord = ({ id, fields, gone, changedAt }: Row): SourceRecord => ({
  id,
  changedAt: changedAt.toString(),
  raw: () => Buffer.from(JSON.stringify({ id, ...fields })),
  content: gone ? { kind: "gone" } : { kind: "live", fields, problems: [] },
});

const absent = (id: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => Buffer.alloc(0),
  content: { kind: "gone" },
});

/** In the hub each entity is the object of its name. */
export const referencesOf = (entity: EntityName): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(entityOf(entity).fields).flatMap(([name, { type }]) =>
      type.kind === "reference" ? [[name, type.to]] : [],
    ),
  );
