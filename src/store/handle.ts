import type { ParameterOrJSON, Sql, UnsafeQueryOptions } from "postgres";
import { type PgDatabase, PgDialect, type PgQueryResultHKT, type SQL } from "./drizzle.ts";

export type Row = Readonly<Record<string, unknown>>;

/** One Postgres, embedded or a server, as all tables use it. */
export type Database = AsyncDisposable & {
  kind: "embedded" | "postgres";
  /** What the queue needs to work in the same database. */
  handle: { kind: "postgres"; url: string } | ({ kind: "embedded" } & Session);
  orm: PgDatabase<PgQueryResultHKT>;
  /**
   * Runs one statement, prepared. `decode` in columns.ts reads its rows.
   * @throws StoreBroken when the embedded database broke down
   * @throws StoreAway when a server does not work just now; from `orm` it is the cause of what is thrown
   */
  rows(statement: SQL): Promise<readonly Row[]>;
};

/** What is asked of a client: one statement, and its rows or, as drizzle wants them, the values in them. */
export type Client = {
  options: Pick<Sql["options"], "parsers" | "serializers">;
  unsafe(
    text: string,
    params?: ParameterOrJSON<never>[],
    how?: UnsafeQueryOptions,
  ): PromiseLike<readonly Row[]> & { values(): PromiseLike<readonly unknown[][]> };
};

/** The one session of an embedded database. */
export type Session = {
  client: Sql;
  /** One listener a channel; returns how to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
};

const dialect = new PgDialect();
export const compile = (statement: SQL) => dialect.sqlToQuery(statement);
