import { openEmbedded } from "./embedded.ts";
import type { Database } from "./handle.ts";
import { openPostgres } from "./postgres.ts";

export type { Database, Row } from "./handle.ts";

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
