import type { Allowance, Bucket } from "#domain/ports/allowance.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { only } from "./written.ts";

/**
 * Calls are counted in slots of a tenth of the limit's span, and a draw looks back over ten whole slots
 * and the current one: in no span, wherever it begins, are there more than the tool allows. All by the
 * database's time, which every worker shares.
 */
export const allowanceIn = (db: Database): Allowance => ({
  async draw(bucket, want) {
    const row = only(await db.rows(draw(bucket, want)), "bucket");
    return { calls: Number(row["granted"]), waitMs: Math.ceil(Number(row["wait_ms"])) };
  },

  async closeUntil({ connection, name }, waitMs) {
    only(
      await db.rows(sql`
        insert into buckets as b (connection, name, drawn, granted, closed_until)
        values (${connection}, ${name}, '{}', 0, now() + ${waitMs}::float8 * interval '1 ms')
        on conflict (connection, name) do update set
          closed_until = greatest(b.closed_until, excluded.closed_until)
        returning 1`),
      "bucket",
    );
  },
});

const slots = 10;

/** `now()` is when the statement began: should it have waited for another, no slot is counted early. */
function draw({ connection, name, calls, perMs }: Bucket, want: number) {
  const most = Math.max(0, Math.min(Math.floor(want), Math.floor(calls)));
  const slotMs = perMs / slots;
  const nowMs = sql`(extract(epoch from now()) * 1000)::float8`;
  const slot = sql`floor(${nowMs} / ${slotMs}::float8)::bigint`;
  const recent = sql`(select d.slot::bigint as slot, d.n::int as n from jsonb_each_text(b.drawn) d (slot, n)
    where d.slot::bigint >= ${slot} - ${slots})`;
  const granted = sql`(case when b.closed_until > now() then 0 else
    greatest(0, least(${most}, ${Math.floor(calls)} - (select coalesce(sum(n), 0) from ${recent} r)::int)) end)`;
  return sql`
  insert into buckets as b (connection, name, drawn, granted)
  values (${connection}, ${name}, jsonb_build_object(${slot}::text, ${most}::int), ${most})
  on conflict (connection, name) do update set
    granted = ${granted},
    drawn = (
      select coalesce(jsonb_object_agg(slot, n), '{}') from (
        select slot, sum(n) as n
        from (select * from ${recent} r union all select ${slot}, ${granted}) every group by slot
      ) counted where n > 0
    )
  returning granted, case when granted > 0 then 0 else greatest(0,
    extract(epoch from closed_until - now()) * 1000,
    (select min(slot::bigint) + ${slots + 1} from jsonb_object_keys(drawn) slot) * ${slotMs}::float8 - ${nowMs}
  ) end as wait_ms`;
}
