import type { Renewed, Secret } from "#domain/connection.ts";
import { Fenced, SignInAgain, SignInRefused } from "#domain/errors.ts";
import { canonicalText } from "#domain/fields.ts";
import type { ConnectionName } from "#domain/ids.ts";
import type { Vault } from "#domain/ports/tools.ts";
import { eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { leaseOf } from "./lease.ts";
import { SealBroken, type Sealing } from "./sealing.ts";
import { resolveSecret, type SecretPlaces } from "./secret-sources.ts";
import { connections, toConnection } from "./tables/connections.ts";
import { secrets } from "./tables/secrets.ts";

type Options = SecretPlaces & { sealing: Sealing; leaseMs?: number };

/**
 * A renewed credential counts as long as what it was made from is unchanged: a new value in the
 * environment, a file or on the one-time page wins over it.
 */
export function vaultIn(db: Database, { sealing, leaseMs = 60_000, ...places }: Options): Vault {
  return {
    read: async (connection) => (await look(connection)).secret,

    async renew(connection, seen, renew) {
      for (;;) {
        try {
          return await renewAlone(connection, seen, renew);
        } catch (error) {
          // Lost before anything was sent: whoever had it meanwhile has likely renewed it.
          if (!(error instanceof Fenced)) throw error;
        }
      }
    },
  };

  async function renewAlone(...[connection, seen, renew]: Parameters<Vault["renew"]>) {
    await using lease = await leaseOf(db, connection, leaseMs);
    const now = await look(connection);
    if (!same(now.secret, seen)) return now.secret;
    const renewed = await renew(now.secret, lease.grip).catch(async (error: unknown) => {
      if (error instanceof SignInRefused) await noteRefusal(connection, now);
      throw error;
    });
    if (renewed === null) return now.secret;
    const stored = await store(connection, now, renewed);
    return stored ? renewed.secret : (await look(connection)).secret;
  }

  async function look(name: ConnectionName) {
    const [found] = await db.orm
      .select()
      .from(connections)
      .leftJoin(secrets, eq(secrets.connection, connections.name))
      .where(eq(connections.name, name));
    if (found === undefined) throw new SignInAgain(`There is no connection ${name}.`);
    const stored = found.secrets;
    const kept = open(name, "kept", stored?.kept);
    const base = await resolveSecret(toConnection(found.connections), kept, places);
    const from = sealing.fingerprint(canonicalText(base));
    const valid = stored?.renewedFrom === from;
    const renewed = valid ? open(name, "renewed", stored?.renewed) : null;
    return { secret: renewed ?? base, from, version: stored?.version ?? 0 };
  }

  function open(
    row: ConnectionName,
    field: string,
    sealed: string | null | undefined,
  ): Secret | null {
    if (sealed === null || sealed === undefined) return null;
    try {
      return JSON.parse(sealing.open(sealed, { table: "secrets", row, field })) as Secret;
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      throw new SignInAgain(`The credential of ${row} cannot be opened: ${error.message}.`, {
        cause: error,
      });
    }
  }

  /** False when somebody kept or renewed it meanwhile; then theirs counts. */
  async function store(
    row: ConnectionName,
    { from, version }: Seen,
    { secret, expires }: Renewed,
  ): Promise<boolean> {
    const sealed = sealing.seal(JSON.stringify(secret), {
      table: "secrets",
      row,
      field: "renewed",
    });
    const rows = await db.rows(sql`
      insert into secrets as s (connection, renewed, renewed_from, expires, version)
      values (${row}, ${sealed}, ${from}, ${expires?.toString() ?? null}::timestamptz, 1)
      on conflict (connection) do update set renewed = excluded.renewed, refused = null,
        renewed_from = excluded.renewed_from, expires = excluded.expires, version = s.version + 1
      where s.version = ${version}
      returning 1`);
    return rows.length === 1;
  }

  /** Not where somebody has signed in meanwhile. The first time counts. */
  async function noteRefusal(row: ConnectionName, { version }: Seen): Promise<void> {
    await db.rows(sql`
      insert into secrets as s (connection, refused, version) values (${row}, clock_timestamp(), 0)
      on conflict (connection) do update set refused = coalesce(s.refused, excluded.refused)
      where s.version = ${version}`);
  }
}

/** What a renewal was made from. */
type Seen = { from: string; version: number };

const same = (a: Secret, b: Secret) => canonicalText(a) === canonicalText(b);
