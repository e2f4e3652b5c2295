import { Fenced } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import { parseExactly } from "#domain/json.ts";
import type { Ledger, LedgerEnd } from "#domain/ports/ledger.ts";
import type { WriteRequest } from "#domain/record.ts";
import type { Way } from "#domain/truth.ts";
import { clean } from "./clean.ts";
import { commit } from "./commit.ts";
import { compareIn } from "./compare.ts";
import { and, count, eq, gt, sql, type SQL } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { flowProgress } from "./tables/flow-progress.ts";
import { intents } from "./tables/intents.ts";
import { links } from "./tables/links.ts";
import { only, written } from "./written.ts";

export const ledgerIn = (db: Database): Ledger => ({
  ...endIn(db, "there"),
  back: endIn(db, "back"),
});

const endIn = (db: Database, way: Way): LedgerEnd => ({
  async look(flow, keys) {
    const contents = new Map(keys.map((key) => [key, null]));
    return (await compareIn(db, flow, contents, way)).known;
  },

  compare: (flow, contents) => compareIn(db, flow, contents, way),

  async linkedTo(flow, ids) {
    const rows = await db.rows(linkedTo(flow, ids, way));
    return new Map(rows.map((row) => [ids[Number(row["n"]) - 1] ?? "", row["key"] as string]));
  },

  async intend(flow, epoch, requests) {
    const row = only(await db.rows(intend(flow, epoch, requests, way)), "intents");
    if (row["fenced"] !== 1) throw new Fenced(`another worker has taken ${flow} over`);
    written(Number(row["stored"]), requests.length, "intents");
  },

  async unanswered(flow) {
    const rows = await db.orm
      .select({ id: intents.id, writes: intents.writes, silentMs })
      .from(intents)
      .leftJoin(flowProgress, eq(flowProgress.flow, intents.flow))
      .where(and(eq(intents.flow, flow), eq(intents.way, way)))
      .orderBy(intents.seq);
    return {
      requests: rows.map(({ id, writes }) => ({ id, writes })),
      silentMs: rows[0]?.silentMs ?? 0,
    };
  },

  commit: (page) => commit(db, page, way),

  async mirrored(flow) {
    const [row] = await db.orm
      .select({ mirrored: flowProgress.mirrored })
      .from(flowProgress)
      .where(eq(flowProgress.flow, flow));
    return row?.mirrored ?? 0;
  },

  async checkpoint(flow) {
    const [row] = await db.orm
      .select({
        checkpoint: way === "there" ? flowProgress.checkpoint : flowProgress.backCheckpoint,
      })
      .from(flowProgress)
      .where(eq(flowProgress.flow, flow));
    return row?.checkpoint ? parseExactly(row.checkpoint) : null;
  },

  async keys(flow, after, limit) {
    return keysWhere(db, way, eq(links.flow, flow), after, limit);
  },

  async owed(flow, after, limit) {
    const owes = way === "there" ? eq(links.hash, "") : eq(links.backHash, "");
    return keysWhere(db, way, and(eq(links.flow, flow), owes), after, limit);
  },

  async isNew(flow) {
    const rows = await db.rows(sql`
      select not exists (select from links where flow = ${flow})
        and not exists (select from dead_letters where flow = ${flow}) as new`);
    return only(rows, "ledger")["new"] === true;
  },

  async links(flow) {
    const rows = await db.orm.select({ n: count() }).from(links).where(eq(links.flow, flow));
    return only(rows, "links").n;
  },
});

/**
 * Not the age of the request itself: one that waited for its turn was sent long after it was announced, but no
 * later than a few seconds after its worker's last sign of life.
 */
const silentMs = sql<number>`coalesce(
  extract(epoch from clock_timestamp() - ${flowProgress.leftAt}) * 1000, 0)::float8`;

/** The keys at one end, in their order. */
async function keysWhere(
  db: Database,
  way: Way,
  where: SQL | undefined,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const key = way === "there" ? links.key : links.id;
  const rows = await db.orm
    .select({ key })
    .from(links)
    .where(and(where, after === null ? undefined : gt(key, after)))
    .orderBy(key)
    .limit(limit);
  return rows.map((row) => row.key);
}

const linkedTo = (flow: FlowName, ids: readonly string[], way: Way) => {
  const [own, other] = way === "there" ? [sql`key`, sql`id`] : [sql`id`, sql`key`];
  return sql`
  select i.n, l.owner as key
  from jsonb_array_elements_text(${texts(ids)}::jsonb) with ordinality i (id, n)
  cross join lateral (
    select ${own} as owner from links where flow = ${flow} and ${other} = i.id order by ${own} limit 1
  ) l`;
};

/**
 * The lock on the flow's row makes a take-over wait until the intents are there to be seen; it is one that two
 * cannot have, so that neither waits for the other where both tell that this worker has announced something.
 * What the intents hold is JSON, and so has none of the characters in it that it is split by.
 */
const intend = (flow: FlowName, epoch: number, requests: readonly WriteRequest[], way: Way) => sql`
  with fence as (
    select 1 from flow_progress where flow = ${flow} and epoch = ${epoch} for no key update
  ), told as (
    update flow_progress set left_at = null from fence where flow = ${flow} and left_at is not null
  ), stored as (
    insert into intents (id, flow, way, writes)
    select r.id, ${flow}, ${way}, r.writes from fence, rows from (
      jsonb_array_elements_text(${texts(requests.map(({ id }) => id))}::jsonb),
      unnest(string_to_array(${requests.map(({ writes }) => JSON.stringify(writes)).join("\u0001")}::text, chr(1)))
    ) as r (id, writes)
    on conflict (id) do update set writes = excluded.writes
    returning 1
  )
  select (select count(*)::int from fence) as fenced, (select count(*)::int from stored) as stored`;

const texts = (values: readonly string[]) => JSON.stringify(values.map(clean));
