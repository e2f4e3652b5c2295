import { setTimeout as sleep } from "node:timers/promises";
import { Unavailable } from "#domain/errors.ts";
import { sql, type SQL } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";

/** The oldest transaction that is not over: what it and later ones have stored is not read yet. */
export const xmin = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

const longestMs = 10_000;

type Reading = {
  /** Gives rows in the order of their `tx`, of transactions before which every other is over. */
  rows: SQL;
  limit: number;
  /** The newest `tx` there is, whether or not its rows are given yet. */
  newest: SQL;
};

/**
 * Reads all that was stored before this began. A transaction may have begun before one that is over, and
 * still be under way: then it is waited for. Whoever is woken for what was stored would otherwise not find
 * it, and nobody would wake them again. @throws Unavailable when one lasts too long
 */
export async function readSettled(
  db: Database,
  { rows, limit, newest }: Reading,
): Promise<readonly Row[]> {
  const found = await db.rows(rows);
  if (found.length >= limit) return found;
  const [there] = await db.rows(newest);
  const tx = Number(there?.["tx"] ?? 0);
  if (tx <= Number(found.at(-1)?.["tx"] ?? 0)) return found;
  await allOverBefore(db, tx);
  return db.rows(rows);
}

async function allOverBefore(db: Database, tx: number): Promise<void> {
  const began = performance.now();
  for (let ms = 2; ; ms = Math.min(2 * ms, 100)) {
    const [row] = await db.rows(sql`select ${xmin} > ${tx} as over`);
    if (row?.["over"] === true) return;
    if (performance.now() - began > longestMs)
      throw new Unavailable("The database has had a transaction under way for ten seconds");
    await sleep(ms);
  }
}
