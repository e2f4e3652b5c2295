import { eq, sql } from "drizzle-orm";
import type { Safe } from "#domain/ports/registry.ts";
import type { Database } from "./handle.ts";
import type { Sealing } from "./sealing.ts";
import { secrets } from "./tables/secrets.ts";
import { only } from "./written.ts";

export const safeIn = (db: Database, sealing: Sealing): Safe => ({
  async keep(connection, secret) {
    const place = { table: "secrets", row: connection, field: "kept" };
    const sealed = sealing.seal(JSON.stringify(secret), place);
    only(
      await db.rows(sql`
        insert into secrets as s (connection, kept, version) values (${connection}, ${sealed}, 1)
        on conflict (connection) do update set
          kept = excluded.kept, renewed = null, renewed_from = null, version = s.version + 1
        returning 1`),
      "secret",
    );
  },

  async has(connection) {
    const [row] = await db.orm
      .select({ kept: secrets.kept })
      .from(secrets)
      .where(eq(secrets.connection, connection));
    return typeof row?.kept === "string";
  },
});
