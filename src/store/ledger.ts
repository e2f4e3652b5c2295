import { and, count, eq, gt, sql } from "drizzle-orm";
import { Fenced } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import type { FlowName } from "#domain/ids.ts";
import { parseExactly } from "#domain/json.ts";
import type { Known, Ledger } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { commit } from "./commit.ts";
import type { Database, Row } from "./handle.ts";
import { flowProgress } from "./tables/flow-progress.ts";
import { intents } from "./tables/intents.ts";
import { links } from "./tables/links.ts";
import { only, written } from "./written.ts";

export const ledgerIn = (db: Database): Ledger => ({
  async look(flow, keys) {
    const rows = await db.rows(look(flow, keys));
    return new Map(
      rows.map((row) => {
        const key = keys[Number(row["n"]) - 1] ?? "";
        return [key, toKnown(key, row)];
      }),
    );
  },

  async linkedTo(flow, ids) {
    const rows = await db.rows(linkedTo(flow, ids));
    return new Map(rows.map((row) => [ids[Number(row["n"]) - 1] ?? "", row["key"] as string]));
  },

  async intend(flow, epoch, requests) {
    const row = only(await db.rows(intend(flow, epoch, requests)), "intents");
    if (row["fenced"] !== 1) throw new Fenced(`another worker has taken ${flow} over`);
    written(Number(row["stored"]), requests.length, "intents");
  },

  async unanswered(flow) {
    const rows = await db.orm
      .select({ id: intents.id, writes: intents.writes })
      .from(intents)
      .where(eq(intents.flow, flow))
      .orderBy(intents.seq);
    return rows;
  },

  commit: (page) => commit(db, page),

  async checkpoint(flow) {
    const [row] = await db.orm
      .select({ checkpoint: flowProgress.checkpoint })
      .from(flowProgress)
      .where(eq(flowProgress.flow, flow));
    return row?.checkpoint ? parseExactly(row.checkpoint) : null;
  },

  async keys(flow, after, limit) {
    const rows = await db.orm
      .select({ key: links.key })
      .from(links)
      .where(and(eq(links.flow, flow), after === null ? undefined : gt(links.key, after)))
      .orderBy(links.key)
      .limit(limit);
    return rows.map(({ key }) => key);
  },

  async links(flow) {
    const rows = await db.orm.select({ n: count() }).from(links).where(eq(links.flow, flow));
    return only(rows, "links").n;
  },
});

/**
 * `offset 0` keeps the planner from turning the probes into a join: on a table not yet analysed it
 * would read every row of the flow for each page, and a first sync would become quadratic.
 */
const look = (flow: FlowName, keys: readonly string[]) => sql`
  select k.n, l.id, l.version, l.hash, l.base, d.state, d.hash as letter_hash
  from jsonb_array_elements_text(${texts(keys)}::jsonb) with ordinality k (key, n)
  left join lateral (
    select id, version, hash, base from links where flow = ${flow} and key = k.key offset 0
  ) l on true
  left join lateral (
    select state, hash from dead_letters
    where flow = ${flow} and key = k.key and state in ('open', 'retrying', 'discarded')
    order by state = 'discarded', last_seen desc limit 1
  ) d on true
  where l.id is not null or d.state is not null`;

const linkedTo = (flow: FlowName, ids: readonly string[]) => sql`
  select i.n, l.key
  from jsonb_array_elements_text(${texts(ids)}::jsonb) with ordinality i (id, n)
  cross join lateral (
    select key from links where flow = ${flow} and id = i.id order by key limit 1
  ) l`;

/** The lock on the flow's row makes a take-over wait until the intents are there to be seen. */
const intend = (flow: FlowName, epoch: number, requests: Parameters<Ledger["intend"]>[2]) => sql`
  with fence as (
    select 1 from flow_progress where flow = ${flow} and epoch = ${epoch} for share
  ), stored as (
    insert into intents (id, flow, writes)
    select r.id, ${flow}, r.writes from fence, jsonb_to_recordset(${JSON.stringify(
      requests.map(({ id, writes }) => ({ id: clean(id), writes: JSON.stringify(writes) })),
    )}::jsonb) as r (id text, writes text)
    on conflict (id) do update set writes = excluded.writes
    returning 1
  )
  select (select count(*)::int from fence) as fenced, (select count(*)::int from stored) as stored`;

const texts = (values: readonly string[]) => JSON.stringify(values.map(clean));

const toKnown = (key: string, row: Row): Known => ({
  link:
    row["id"] === null
      ? null
      : {
          key,
          id: row["id"] as string,
          version: row["version"] as string | null,
          hash: row["hash"] as string,
          base: JSON.parse(row["base"] as string) as Fields,
        },
  letter:
    row["state"] === null
      ? null
      : {
          state: row["state"] as "open" | "retrying" | "discarded",
          hash: row["letter_hash"] as string,
        },
});
