import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Fenced, Unavailable } from "#domain/errors.ts";
import type { Grip } from "#domain/grip.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";

/** That a connection's credential is ours alone to renew. Let go of when it is disposed. */
export type Lease = AsyncDisposable & { grip: Grip };

/**
 * Waits until nobody else renews the credential of this connection; from then on it is kept while this process
 * lives. One that was stopped for longer than it lasts may have lost it: `grip` says so. By the database's
 * time, so that a worker whose clock is wrong takes nobody's lease.
 * @throws Unavailable when others have it for too long
 */
export async function leaseOf(db: Database, connection: string, leaseMs: number): Promise<Lease> {
  const holder = randomUUID();
  const patience = performance.now() + 2 * leaseMs;
  let known = now();
  for (let nap = 20; !(await take(db, connection, holder, leaseMs)); nap = Math.min(nap * 2, 500)) {
    if (performance.now() > patience)
      throw new Unavailable(
        `another worker has been renewing the credential of ${connection} for too long`,
      );
    await sleep(nap);
    known = now();
  }

  /** False when it is lost. Not taken anew: whoever had it meanwhile has used what was read before. */
  async function extend(): Promise<boolean> {
    const began = now();
    const ours = await extended(db, connection, holder, leaseMs);
    if (ours) known = began;
    return ours;
  }
  async function ask(): Promise<void> {
    if (!(await extend()))
      throw new Fenced(`another worker renews the credential of ${connection}`);
  }
  const extending = setInterval(() => {
    // One that fails is followed by others, and whoever is about to send something asks once more.
    extend().catch(() => false);
  }, leaseMs / 3).unref();

  return {
    // The other half is for what is sent by then: it is answered and stored before another has its turn.
    grip: { sure: () => (isWithin(known, leaseMs / 2) ? null : ask()) },
    async [Symbol.asyncDispose]() {
      clearInterval(extending);
      await db.rows(
        sql`delete from leases where connection = ${connection} and holder = ${holder}`,
      );
    },
  };
}

type Moment = { steady: number; wall: number };

/** A steady clock stands still while the machine sleeps, the other one may be set: what both say is so. */
const now = (): Moment => ({ steady: performance.now(), wall: Date.now() });

function isWithin({ steady, wall }: Moment, ms: number): boolean {
  const byWall = Date.now() - wall;
  return performance.now() - steady < ms && byWall >= 0 && byWall < ms;
}

async function take(
  db: Database,
  connection: string,
  holder: string,
  ms: number,
): Promise<boolean> {
  const rows = await db.rows(sql`
    insert into leases as l (connection, holder, until)
    values (${connection}, ${holder}, ${after(ms)})
    on conflict (connection) do update set holder = excluded.holder, until = excluded.until
    where l.until < clock_timestamp()
    returning 1`);
  return rows.length === 1;
}

async function extended(
  db: Database,
  connection: string,
  holder: string,
  ms: number,
): Promise<boolean> {
  const rows = await db.rows(sql`
    update leases set until = ${after(ms)} where connection = ${connection} and holder = ${holder}
    returning 1`);
  return rows.length === 1;
}

const after = (ms: number) => sql`clock_timestamp() + ${ms}::float8 * interval '1 ms'`;
