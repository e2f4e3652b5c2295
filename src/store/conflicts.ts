import type { Conflicts } from "#domain/ports/conflicts.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { and, asc, count, eq, ne, sql } from "./drizzle.ts";
import { endedConflicts } from "./ended-conflicts.ts";
import type { Database } from "./handle.ts";
import { conflicts, toConflict } from "./tables/conflicts.ts";
import { only } from "./written.ts";

const open = ne(conflicts.state, "settled");

export const conflictsIn = (db: Database): Conflicts => ({
  async get(id) {
    const [row] = await db.orm.select().from(conflicts).where(eq(conflicts.id, id));
    return row && toConflict(row);
  },

  async list({ flow, after, limit }) {
    const later =
      after &&
      sql`(opened_at, id) > (select c.opened_at, c.id from conflicts c where c.id = ${after})`;
    const rows = await db.orm
      .select()
      .from(conflicts)
      .where(and(open, flow && eq(conflicts.flow, flow), later))
      .orderBy(asc(conflicts.openedAt), asc(conflicts.id))
      .limit(limit);
    return rows.map(toConflict);
  },

  async count(flow) {
    const rows = await db.orm
      .select({ n: count() })
      .from(conflicts)
      .where(and(open, eq(conflicts.flow, flow)));
    return only(rows, "conflicts").n;
  },

  async of(flow, keys) {
    const rows = await db.rows(sql`
      select c.* from jsonb_array_elements_text(${JSON.stringify(keys.map(clean))}::jsonb) k (key)
      cross join lateral (
        select * from conflicts where flow = ${flow} and key = k.key and state <> 'settled' offset 0
      ) c`);
    return new Map(
      rows.map((row) => toConflict(decode(conflicts, row))).map((one) => [one.key, one]),
    );
  },

  /** An empty hash at both ends has both halves of the next run handle the record, changed or not. */
  async choose(id, version, choices, by, at) {
    const rows = await db.rows(sql`
      with chosen as (
        update conflicts set
          choices = (choices::jsonb || ${JSON.stringify(choices)}::jsonb)::text, state = 'chosen',
          state_by = ${clean(by)}, state_at = ${at.toString()}::timestamptz, version = version + 1
        where id = ${id} and version = ${version} and state <> 'settled'
        returning flow, key
      ), owed as (
        update links l set hash = '', back_hash = '' from chosen
        where l.flow = chosen.flow and l.key = chosen.key
      )
      select 1 from chosen`);
    return rows.length === 1;
  },

  async weighAgain(flow) {
    const rows = await db.rows(sql`
      with open as (
        select key from conflicts where flow = ${flow} and state <> 'settled'
      ), owed as (
        update links l set hash = '', back_hash = '' from open
        where l.flow = ${flow} and l.key = open.key
      )
      select count(*)::int as n from open`);
    return Number(only(rows, "conflicts")["n"]);
  },

  async endOfOneWay(flow, by, at) {
    await db.rows(sql`
      with added as (
        select name, plan from flows where name = ${flow}
      )${endedConflicts("added", { by, at })}
      select 1`);
  },
});
