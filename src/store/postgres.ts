import postgres from "postgres";
import { Mistake } from "#domain/errors.ts";
import { explaining } from "./away.ts";
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
  const client = postgres(url, {
    max: 8,
    connect_timeout: 10,
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
  });

  try {
    await migrate((text) => client.unsafe(text), schema);
  } catch (error) {
    await client.end({ timeout: 1 });
    const { code = "", message } = error as Error & { code?: string };
    if (!unopened.test(code)) throw error;
    const { host } = new URL(url);
    throw new Mistake(`The database of DATABASE_URL, at ${host}, cannot be opened: ${message}.`);
  }
  return {
    kind: "postgres",
    handle: { kind: "postgres", url },
    ...rawRows(explaining(client)),

    async [Symbol.asyncDispose]() {
      await client.end({ timeout: 5 });
    },
  };
}

/** No way there, no right to it, or no such database (postgresql.org/docs, "PostgreSQL Error Codes"). */
const unopened = /^(E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_[A-Z]+|28\w{3}|3D000|53300|57P03)$/;
