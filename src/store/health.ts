import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";

/** Whether the database answers just now. */
export async function healthOf(
  db: Database,
): Promise<{ kind: "embedded" | "postgres"; ok: boolean; detail: string }> {
  const { kind } = db;
  try {
    const [row] = await db.rows(sql`select current_setting('server_version') as version`);
    return { kind, ok: true, detail: `Postgres ${String(row?.["version"])}` };
  } catch (error) {
    return { kind, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
