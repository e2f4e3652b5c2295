import postgres from "postgres";
import { Mistake, storeAwayIn } from "#domain/errors.ts";
import { makeConnections } from "./connections.ts";
import type { Database } from "./handle.ts";
import { migrate } from "./migrate.ts";
import { planCacheMode } from "./plan-cache.ts";
import { rawRows } from "./raw-rows.ts";

/**
 * A Postgres server. Everything is single statements: postgres 3.4.9 takes the process down when a
 * backend dies inside `begin` (porsager/postgres#1208), not in a plain statement.
 * @throws Mistake when it cannot be reached or does not let us in
 */
export async function openPostgres(url: string, schema: string): Promise<Database> {
  const options = {
    max: 1,
    connect_timeout: 10,
    max_lifetime: null,
    // It would ask each new connection which types are arrays, of which we use none. If the server goes
    // down just then, nobody hears the answer's error but the process, which it ends (postgres 3.4.9,
    // fetchArrayTypes).
    fetch_types: false,
    onnotice: () => undefined,
    connection: {
      application_name: "tieline",
      search_path: `"${schema}"`,
      plan_cache_mode: planCacheMode,
    },
  };
  const connections = makeConnections(8, (lost) => postgres(url, { ...options, onclose: lost }));
  const ways = rawRows(connections);

  try {
    await migrate(async (text) => await connections.unsafe(text), schema);
  } catch (error) {
    await connections.end();
    const { code = "", message } = (storeAwayIn(error)?.cause ?? error) as DriverError;
    if (!unopened.test(code)) throw error;
    const { host } = new URL(url);
    throw new Mistake(`The database of DATABASE_URL, at ${host}, cannot be opened: ${message}.`);
  }
  return {
    kind: "postgres",
    handle: { kind: "postgres", url },
    ...ways,

    async [Symbol.asyncDispose]() {
      await connections.end();
    },
  };
}

type DriverError = Error & { code?: string };

/** No way there, no right to it, or no such database (postgresql.org/docs, "PostgreSQL Error Codes"). */
const unopened = /^(E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_[A-Z]+|28\w{3}|3D000|53300|57P03)$/;
