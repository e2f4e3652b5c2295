import { join } from "node:path";
import { PGlite, types, type PGliteOptions } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { StoreBroken } from "#domain/errors.ts";
import { compile, type Database } from "./handle.ts";
import { lockFolder } from "./folder-lock.ts";
import { migrate } from "./migrate.ts";

/** Postgres inside this process, its data under the folder, which is ours alone until disposed. */
export async function openEmbedded(folder: string, schema: string): Promise<Database> {
  const lock = lockFolder(folder);
  try {
    const pglite = await PGlite.create({
      ...settings,
      dataDir: join(folder, "database"),
      relaxedDurability: false,
    });
    await migrate((text) => pglite.exec(text), schema);
    await pglite.exec(`set search_path to "${schema}"; ${nobodyWorks}`);
    return overPglite(pglite, async () => {
      await pglite.close();
      lock[Symbol.dispose]();
    });
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/** A database over a PGlite somebody else opened with `settings`, migrated and set to a schema. */
export function overPglite(pglite: PGlite, close: () => Promise<void>): Database {
  return {
    kind: "embedded",
    handle: { kind: "embedded", pglite },
    orm: drizzle(pglite),

    async rows(statement) {
      const { sql, params } = compile(statement);
      try {
        const { rows } = await pglite.query<Record<string, unknown>>(sql, params);
        return rows;
      } catch (error) {
        throw isAbort(error)
          ? new StoreBroken("the embedded database broke down", { cause: error })
          : error;
      }
    },

    [Symbol.asyncDispose]: close,
  };
}

/** The folder is ours: whoever held a flow or a lease is no more. */
const nobodyWorks = "update flow_progress set run = null, beat_at = null; delete from leases";

/** What Postgres sent, unread: columns.ts reads it, alike for both drivers. */
const asText = (text: string) => text;
export const settings: PGliteOptions = {
  parsers: {
    [types.INT8]: asText,
    [types.NUMERIC]: asText,
    [types.JSON]: asText,
    [types.JSONB]: asText,
    [types.TIMESTAMPTZ]: asText,
    [types.DATE]: asText,
  },
};

/** After these nothing that it says can be trusted, not even a rollback. */
const isAbort = (error: unknown) =>
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof Error && error.message.startsWith("Aborted("));
