import { openDatabase } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";

/** A process that asks its embedded database for more than it can do. */
const [folder = ""] = process.argv.slice(2);
const db = await openDatabase({ url: null, folder });
console.log("open");
const deep = "[".repeat(100_000) + "]".repeat(100_000);
await db.rows(sql`select length((${deep}::jsonb)::text)`).then(
  () => console.log("answered"),
  (error: unknown) => console.log(error instanceof Error ? error.name : error),
);
await db[Symbol.asyncDispose]();
console.log("closed");
