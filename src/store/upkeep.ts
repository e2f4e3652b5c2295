import { sql, type SQL } from "./drizzle.ts";
import type { Database } from "./handle.ts";

const everyMs = 60_000;
/** Dead rows that make a table due: so many, and a fifth as many as live, as for Postgres' autovacuum. */
const due = { rows: 1_000, share: 0.2 };
/** A table that is written to without a pause is not spared for ever. */
const overdue = 5;
/** What is left for another process; fewer are not worth its end. */
const left = 100;

export type Upkeep = AsyncDisposable & {
  /** Vacuums what is due. Returns the tables, with their schemas. */
  look(): Promise<readonly string[]>;
};

type Table = { place: SQL; name: string; dead: number; live: number };

/**
 * What Postgres' autovacuum does for a server, PGlite (0.5.16) does not: without this, the space of all
 * that is deleted or changed is never used again. While a table is vacuumed all other statements wait:
 * looked at often, and one by one, none takes long. What is dead is only known of this process's own
 * time, so the first look takes all, and the end what has come since.
 */
export function startUpkeep({ rows }: Pick<Database, "rows">): Upkeep {
  let before: ReadonlyMap<string, number> | undefined;

  async function vacuum(some: readonly Table[]): Promise<readonly string[]> {
    for (const { place } of some) await rows(sql`vacuum ${place}`);
    return some.map(({ name }) => name);
  }

  async function look(): Promise<readonly string[]> {
    const tables = await tablesIn(rows);
    const last = before;
    const some = tables.filter((table) => last === undefined || isDue(table, last));
    before = new Map(tables.map((table) => [table.name, some.includes(table) ? 0 : table.dead]));
    return vacuum(some);
  }

  // One that fails is made good by the next.
  const looking = setInterval(() => void look().catch(() => undefined), everyMs).unref();
  return {
    look,
    async [Symbol.asyncDispose]() {
      clearInterval(looking);
      const tables = await tablesIn(rows).catch(() => []);
      await vacuum(tables.filter(({ dead }) => dead > left)).catch(() => undefined);
    },
  };
}

/** `before`: how many were dead at the last look; where there are no more, nobody writes just now. */
function isDue({ name, dead, live }: Table, before: ReadonlyMap<string, number>): boolean {
  const most = due.rows + due.share * live;
  return dead > overdue * most || (dead > most && dead === before.get(name));
}

async function tablesIn(rows: Database["rows"]): Promise<readonly Table[]> {
  // Else the last second is not counted yet.
  await rows(sql`select pg_stat_force_next_flush()`);
  const found = await rows(sql`
    select s.schemaname as schema, s.relname as name, s.n_dead_tup::float8 as dead,
      greatest(c.reltuples, 0)::float8 as live
    from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.relkind = 'r'
    order by 1, 2`);
  return found.map(({ schema, name, dead, live }) => ({
    place: sql`${sql.identifier(String(schema))}.${sql.identifier(String(name))}`,
    name: `${String(schema)}.${String(name)}`,
    dead: Number(dead),
    live: Number(live),
  }));
}
