import { z } from "zod";
import type { Json } from "#domain/json.ts";
import type { Hint, Hints } from "#domain/ports/hints.ts";
import type { InboxEnd } from "#domain/ports/inbox.ts";
import { gathering } from "#domain/gather.ts";
import { clean, cleanOrNull } from "./clean.ts";
import { decode } from "./columns.ts";
import { isDataFault } from "./data-fault.ts";
import { sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { readSettled, xmin } from "./settled.ts";
import { hints } from "./tables/hints.ts";

/** The hint after which a read goes on. */
const Mark = z.object({ tx: z.int(), seq: z.int() });
type Mark = z.output<typeof Mark>;

const markOf = (stored: Json | null): Mark => Mark.safeParse(stored).data ?? { tx: 0, seq: 0 };

/** What nobody has asked for until then is found by a read that needs no hint. */
const keptDays = 14;
const tidyEveryMs = 60 * 60_000;
/** Hints in a statement; one message tells of up to some thousands. */
const mostTogether = 2000;

/** What one sender is waiting to be told is kept. */
type Telling = { end: InboxEnd; told: readonly Hint[] };

export function hintsIn(db: Database): Hints {
  const tidied = new Map<string, number>();

  /** Now and then, so that no job is needed for it. */
  async function tidy(end: InboxEnd): Promise<void> {
    const key = `${end.connection}/${end.object}`;
    const now = performance.now();
    if (now - (tidied.get(key) ?? -Infinity) < tidyEveryMs) return;
    tidied.set(key, now);
    await db.rows(sql`
      delete from hints h
      where ${of(end)} and h.told_at < clock_timestamp() - make_interval(days => ${keptDays})`);
  }

  const keepTogether = gathering<Telling, undefined>({
    async work(tellings) {
      await db.rows(keep(rowsOf(tellings)));
      return tellings.map(() => undefined);
    },
    weigh: ({ told }) => told.length,
    most: mostTogether,
    ownFault: isDataFault,
  });

  return {
    async keep(end, told) {
      if (told.length === 0) return;
      await keepTogether({ end, told });
      await tidy(end);
    },

    async after(end, mark, limit) {
      const rows = await readSettled(db, {
        rows: after(end, markOf(mark), limit),
        newest: sql`select max(h.tx) as tx from hints h where ${of(end)} and ${since(markOf(mark))}`,
        limit,
      });
      const last = rows.at(-1);
      const onward = last === undefined ? markOf(mark) : Mark.parse({ tx: Number(last["tx"]), seq: Number(last["seq"]) }); // prettier-ignore
      return { hints: rows.map(toHint), mark: onward };
    },

    async now() {
      const [row] = await db.rows(sql`select ${xmin} - 1 as tx`);
      return { tx: Number(row?.["tx"] ?? 0), seq: Number.MAX_SAFE_INTEGER };
    },
  };
}

function toHint(row: Row): Hint {
  const { record, into } = decode(hints, row);
  return { record: record === "" ? null : record, into };
}

const of = ({ connection, object }: InboxEnd) =>
  sql`h.connection = ${connection} and h.object = ${clean(object)}`;

const since = ({ tx, seq }: Mark) => sql`(h.tx, h.seq) > (${tx}, ${seq})`;

/** One that is told again comes again to those who have read it. */
const keep = (rows: readonly HintRow[]) => sql`
  insert into hints (connection, object, record, into_record, told_at, tx, seq)
  select t.connection, t.object, t.record, t.into_record, clock_timestamp(),
    pg_current_xact_id()::text::bigint, nextval('hints_seq')
  from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as t (connection text, object text, record text, into_record text)
  on conflict (connection, object, record) do update set
    into_record = coalesce(excluded.into_record, hints.into_record),
    told_at = excluded.told_at, tx = excluded.tx, seq = excluded.seq`;

type HintRow = Record<"connection" | "object" | "record", string> & { into_record: string | null };

/**
 * Each once: a statement may not touch a row twice. And in one order: of two that touch the same rows in
 * different orders each would wait for the other.
 */
function rowsOf(tellings: readonly Telling[]): readonly HintRow[] {
  const rows = new Map<string, HintRow>();
  for (const { end, told } of tellings)
    for (const { record, into } of told) {
      const row = { connection: end.connection, object: clean(end.object), record: clean(record ?? "") }; // prettier-ignore
      const key = JSON.stringify(row);
      rows.set(key, { ...row, into_record: cleanOrNull(into) ?? rows.get(key)?.into_record ?? null }); // prettier-ignore
    }
  return [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** Only what every transaction before it has been stored with, as in the inbox. */
const after = (end: InboxEnd, mark: Mark, limit: number) => sql`
  select h.* from hints h
  where ${of(end)} and ${since(mark)} and h.tx < ${xmin}
  order by h.tx, h.seq limit ${limit}`;
