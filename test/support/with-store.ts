import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { startEmbedded, type Embedded } from "#store/embedded.ts";
import { sealing } from "#store/sealing.ts";
import { openStore, type Store } from "#store/store.ts";
import { startPostgres, type PostgresServer } from "./postgres-server.ts";

export type { Store };
/** Runs a test with an empty store of its own, gone when the callback returns. */
export type WithStore = <T>(use: (store: Store, db: Database) => Promise<T>) => Promise<T>;

/** What a test may change between two calls. */
export const environment: Record<string, string> = {};
export const secretsFolder = join(tmpdir(), `tieline-secrets-${process.pid}`);
const options = {
  sealing: sealing(new Uint8Array(32).fill(7)),
  secrets: { environment: (name: string) => environment[name], folder: secretsFolder },
};

let opened: Promise<Embedded> | undefined;
/** Opening PGlite takes seconds, a schema milliseconds: one database a process, a schema a test. */
export const embeddedDatabase = () => (opened ??= startEmbedded(null));
let count = 0;

/** On the embedded database. */
export const withStore: WithStore = async (use) => {
  const db = await embeddedDatabase();
  const schema = `test_${++count}`;
  await db.use(schema);
  mkdirSync(secretsFolder, { recursive: true });
  try {
    return await use(openStore(db, options), db);
  } finally {
    rmSync(secretsFolder, { recursive: true, force: true });
    await db.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
  }
};

let server: Promise<PostgresServer | undefined> | undefined;
/** The Postgres server of this process; undefined where none can be had. */
export const postgresServer = () => (server ??= startPostgres());

/** For the end of a file; the next one that wants a server starts another. */
export async function stopPostgres(): Promise<void> {
  const running = await server;
  server = undefined;
  await running?.[Symbol.asyncDispose]();
}

/** The same on a real Postgres. */
export const withPostgresStore: WithStore = async (use) => {
  const running = await postgresServer();
  if (running === undefined) throw new Error("no Postgres: skip these tests");
  const schema = `test_${process.pid}_${++count}`;
  await using db = await openDatabase({ url: running.url, folder: "", schema });
  mkdirSync(secretsFolder, { recursive: true });
  try {
    return await use(openStore(db, options), db);
  } finally {
    rmSync(secretsFolder, { recursive: true, force: true });
    await db.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
  }
};
