import { z } from "zod";
import type { Json } from "#domain/json.ts";
import type { Inbox, InboxEnd, Kept } from "#domain/ports/inbox.ts";
import { gathering } from "#domain/gather.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { isDataFault } from "./data-fault.ts";
import { sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { readSettled, xmin } from "./settled.ts";
import { received } from "./tables/received.ts";
import { type Delivery, keyOf, toldIn, type ToldRow } from "./told-rows.ts";

/** The event after which a read goes on. */
const Mark = z.object({ tx: z.int(), seq: z.int() });
type Mark = z.output<typeof Mark>;

const markOf = (stored: Json | null): Mark => Mark.safeParse(stored).data ?? { tx: 0, seq: 0 };

/** How long an event is kept that a newer one has replaced; until then its repetition is recognised. */
const keptDays = 14;
const tidyEveryMs = 60 * 60_000;
/** Characters in a statement; one message has up to a mebibyte. */
const mostTogether = 2 * 1024 * 1024;

export function inboxIn(db: Database): Inbox {
  const tidied = new Map<string, number>();

  /** Now and then, so that no job is needed for it: whatever grows here grows by what comes in. */
  async function tidy(end: InboxEnd): Promise<void> {
    const key = `${end.connection}/${end.object}`;
    const now = performance.now();
    if (now - (tidied.get(key) ?? -Infinity) < tidyEveryMs) return;
    tidied.set(key, now);
    await db.rows(forget(end));
  }

  // One statement at a time: each sees what the one before has kept, so that what is late is known.
  const keepTogether = gathering<Delivery, number>({
    async work(deliveries) {
      const rows = toldIn(deliveries);
      const kept = new Set((await db.rows(keep(rows))).map(keyOf));
      const counts = deliveries.map(() => 0);
      for (const row of rows) {
        // Told twice, it was new the first time.
        if (!kept.delete(keyOf(row))) continue;
        counts[row.delivery] = (counts[row.delivery] ?? 0) + 1;
      }
      return counts;
    },
    weigh: ({ events }) => events.reduce((sum, { content }) => sum + content.length + 200, 0),
    most: mostTogether,
    ownFault: isDataFault,
  });

  return {
    async keep(end, events) {
      const kept = await keepTogether({ end, events });
      await tidy(end);
      return kept;
    },

    async after(end, mark, limit) {
      const rows = await readSettled(db, {
        rows: after(end, markOf(mark), limit),
        newest: sql`select max(r.tx) as tx from received r where ${of(end)} and ${since(markOf(mark))} and not r.late`,
        limit,
      });
      const last = rows.at(-1);
      const onward = last === undefined ? markOf(mark) : Mark.parse({ tx: Number(last["tx"]), seq: Number(last["seq"]) }); // prettier-ignore
      return { records: rows.map(toKept), mark: onward };
    },

    async count(end, mark) {
      const [row] = await db.rows(sql`
        select count(*)::int as n from received r where ${of(end)} and ${isNewest}
          and ${since(markOf(mark))}`);
      return Number(row?.["n"] ?? 0);
    },

    async newest(end, records) {
      const rows = await db.rows(newest(end, records));
      return rows.map(toKept);
    },
  };
}

function toKept(row: Row): Kept {
  const { record, gone, content, at, receivedAt } = decode(received, row);
  return { record, gone, content, at: at ?? receivedAt };
}

const of = ({ connection, object }: InboxEnd) =>
  sql`r.connection = ${connection} and r.object = ${clean(object)}`;

const since = ({ tx, seq }: Mark) => sql`(r.tx, r.seq) > (${tx}, ${seq})`;

/** Nothing came of the record after it, but what is late. */
const isNewest = sql`not r.late and not exists (
  select from received n
  where n.connection = r.connection and n.object = r.object and n.record = r.record
    and not n.late and (n.tx, n.seq) > (r.tx, r.seq)
)`;

const keep = (rows: readonly ToldRow[]) => sql`
  insert into received (connection, object, event, record, gone, content, at, received_at, late, tx, seq)
  select e.connection, e.object, e.event, e.record, e.gone, e.content, e.at, clock_timestamp(),
    e.late or (e.at is not null and exists (
      select from received r
      where r.connection = e.connection and r.object = e.object and r.record = e.record and r.at > e.at
    )),
    pg_current_xact_id()::text::bigint, nextval('received_seq')
  from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (
    connection text, object text, event text, record text, gone boolean, content text, at timestamptz, late boolean)
  on conflict (connection, object, event) do nothing
  returning connection, object, event`;

/**
 * Only what every transaction before it has been stored with: one that began earlier may still be on
 * its way to storing an event with a smaller mark.
 */
const after = (end: InboxEnd, mark: Mark, limit: number) => sql`
  select r.* from received r
  where ${of(end)} and ${since(mark)} and ${isNewest}
    and r.tx < ${xmin}
  order by r.tx, r.seq limit ${limit}`;

const newest = (end: InboxEnd, records: readonly string[]) => sql`
  select r.* from jsonb_array_elements_text(${JSON.stringify([...new Set(records)].map(clean))}::jsonb) i (id)
  cross join lateral (
    select * from received r where ${of(end)} and r.record = i.id and not r.late
    order by r.tx desc, r.seq desc limit 1
  ) r`;

/** What a newer event has replaced, and records that are gone. */
const forget = (end: InboxEnd) => sql`
  delete from received r
  where ${of(end)} and r.received_at < clock_timestamp() - make_interval(days => ${keptDays})
    and (r.gone or r.late or not (${isNewest}))`;
