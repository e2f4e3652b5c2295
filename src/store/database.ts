import type { PGlite } from "@electric-sql/pglite";
import type { SQL } from "drizzle-orm";
import { PgDialect, type PgDatabase, type PgQueryResultHKT } from "drizzle-orm/pg-core";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";

export type Row = Readonly<Record<string, unknown>>;

/** One Postgres, embedded or a server, as all tables use it. */
export type Database = AsyncDisposable & {
  kind: "embedded" | "postgres";
  /** What the queue needs to work in the same database. */
  handle: { kind: "embedded"; pglite: PGlite } | { kind: "postgres"; url: string };
  orm: PgDatabase<PgQueryResultHKT>;
  /**
   * Runs one statement, prepared. `decode` in columns.ts reads its rows.
   * @throws StoreBroken when the embedded database broke down
   */
  rows(statement: SQL): Promise<readonly Row[]>;
};

export type Where = {
  /** A Postgres server; null is the embedded database. */
  url: string | null;
  /** Where the embedded database keeps its data: `database` in here. */
  folder: string;
  schema?: string;
};

/**
 * Opens and migrates. Until disposed, an embedded database is this process's alone.
 * @throws Mistake when another process has it open
 */
export const openDatabase = ({ url, folder, schema = "tieline" }: Where): Promise<Database> =>
  url === null ? openEmbedded(folder, schema) : openPostgres(url, schema);

const dialect = new PgDialect();
export const compile = (statement: SQL) => dialect.sqlToQuery(statement);
