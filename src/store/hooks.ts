import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type ConnectionName, connectionName } from "#domain/ids.ts";
import type { HookAddress, Hooks } from "#domain/ports/hooks.ts";
import { and, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { opened } from "./opened.ts";
import type { Sealing } from "./sealing.ts";
import { hookSecrets } from "./tables/hook-secrets.ts";
import { hooks } from "./tables/hooks.ts";
import { only } from "./written.ts";

export const hooksIn = (db: Database, sealing: Sealing): Hooks => ({
  async renew(connection, at) {
    const token = randomBytes(32).toString("base64url");
    only(
      await db.rows(sql`
        with gone as (
          delete from hooks where connection = ${connection} and not own returning token_hash
        ), forgotten as (
          delete from hook_secrets using gone where address = gone.token_hash
        )
        insert into hooks (token_hash, connection, made_at)
        values (${hash(token)}, ${connection}, ${at.toString()})
        returning 1`),
      "hook",
    );
    return token;
  },

  async further(connection, at) {
    const token = randomBytes(32).toString("base64url");
    const address = hash(token) as HookAddress;
    await db.orm.insert(hooks).values({ tokenHash: address, connection, own: true, madeAt: at });
    return { token, address };
  },

  async end(address) {
    await db.rows(sql`
      with gone as (
        delete from hooks where token_hash = ${address} and own returning token_hash
      )
      delete from hook_secrets using gone where address = gone.token_hash
      returning 1`);
  },

  async find(token) {
    const [row] = await db.orm
      .select()
      .from(hooks)
      .where(eq(hooks.tokenHash, hash(token)));
    if (row === undefined) return undefined;
    return { connection: connectionName(row.connection), address: row.tokenHash as HookAddress };
  },

  async madeAt(connection) {
    return (await rowOf(db, connection))?.madeAt;
  },

  async addressOf(connection) {
    return (await rowOf(db, connection))?.tokenHash as HookAddress | undefined;
  },

  async learn(address, secret, may) {
    const id = randomUUID();
    const sealed = sealing.seal(secret, place(id));
    // Of two first ones the second waits for the first, and then sees that it is none.
    const rows = await db.rows(sql`
      with own as (
        update hooks set learned = learned + 1
        where token_hash = ${address} and (learned = 0 or ${may === "be_further"})
        returning token_hash
      )
      insert into hook_secrets (id, address, secret)
      select ${id}, own.token_hash, ${sealed} from own
      returning 1`);
    return rows.length === 1;
  },

  async learned(address) {
    const rows = await db.orm
      .select({ id: hookSecrets.id, secret: hookSecrets.secret })
      .from(hookSecrets)
      .where(eq(hookSecrets.address, address))
      .orderBy(hookSecrets.seq);
    return rows.flatMap(({ id, secret }) => opened(sealing, secret, place(id)) ?? []);
  },
});

async function rowOf(db: Database, connection: ConnectionName) {
  const [row] = await db.orm
    .select()
    .from(hooks)
    .where(and(eq(hooks.connection, connection), eq(hooks.own, false)));
  return row;
}

const hash = (token: string): string => createHash("sha256").update(token).digest("base64url");
const place = (row: string) => ({ table: "hook_secrets", row, field: "secret" });
