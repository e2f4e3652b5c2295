import { connectionName } from "#domain/ids.ts";
import type { Safe } from "#domain/ports/registry.ts";
import { eq, isNotNull, lte, or, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { opened } from "./opened.ts";
import type { Sealing } from "./sealing.ts";
import { secrets } from "./tables/secrets.ts";
import { only } from "./written.ts";

export const safeIn = (db: Database, sealing: Sealing): Safe => ({
  async keep(connection, { secret, expires }) {
    const sealed = sealing.seal(JSON.stringify(secret), place(connection, "kept"));
    only(
      await db.rows(sql`
        insert into secrets as s (connection, kept, expires, version)
        values (${connection}, ${sealed}, ${expires?.toString() ?? null}::timestamptz, 1)
        on conflict (connection) do update set kept = excluded.kept, expires = excluded.expires,
          renewed = null, renewed_from = null, refused = null, version = s.version + 1
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

  async noteAccount(connection, account) {
    const sealed = sealing.seal(account, place(connection, "account"));
    await db.rows(sql`
      insert into secrets as s (connection, account, version) values (${connection}, ${sealed}, 0)
      on conflict (connection) do update set account = excluded.account`);
  },

  async standing(connection) {
    const { expires, refused, account } = secrets;
    const [row] = await db.orm
      .select({ expires, refused, account })
      .from(secrets)
      .where(eq(secrets.connection, connection));
    return {
      expires: row?.expires ?? null,
      refused: row?.refused ?? null,
      account:
        row?.account == null ? null : opened(sealing, row.account, place(connection, "account")),
    };
  },

  async ending(before) {
    const rows = await db.orm
      .select({ connection: secrets.connection })
      .from(secrets)
      .where(or(lte(secrets.expires, before), isNotNull(secrets.refused)))
      .orderBy(secrets.connection);
    return rows.map((row) => connectionName(row.connection));
  },
});

const place = (row: string, field: string) => ({ table: "secrets", row, field });
