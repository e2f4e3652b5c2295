import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";

type DatabaseHealth = { kind: Database["kind"]; ok: boolean; detail: string };

/** Whether the database answers and can be written to, in words for a person. Never throws. */
export async function databaseHealth(db: Database): Promise<DatabaseHealth> {
  const { kind } = db;
  try {
    const [row] = await db.rows(sql`
      select current_setting('server_version') as version,
        current_setting('transaction_read_only') = 'on' as read_only`);
    const version = `Postgres ${String(row?.["version"])}`;
    return row?.["read_only"] === true
      ? { kind, ok: false, detail: `${version} can only be read just now; nothing is written` }
      : { kind, ok: true, detail: kind === "embedded" ? `embedded ${version}` : version };
  } catch (error) {
    return { kind, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
