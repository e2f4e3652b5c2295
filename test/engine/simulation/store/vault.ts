import type { ConnectionName } from "#domain/ids.ts";
import type { Renewed, Secret } from "#domain/connection.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";
import { type Coverage, noted } from "../faults/matrix.ts";

type Lease = { holder: number; until: number };

/**
 * Credentials in memory, renewed by one worker at a time, whose lease ends unless it goes on living: as the
 * store keeps them.
 */
export function makeVaults(
  clock: FakeClock,
  coverage: Coverage,
  isUp: (worker: number) => boolean,
) {
  const kept = new Map<string, Secret>();
  const leases = new Map<string, Lease>();
  const leaseMs = 60_000;
  const never = new AbortController().signal;
  const now = (): number => clock.ms();
  const secretOf = (name: string): Secret => kept.get(name) ?? {};

  async function lease(name: string, worker: number): Promise<void> {
    for (let nap = 20; ; nap = Math.min(nap * 2, 5_000)) {
      const held = leases.get(name);
      const free = held === undefined || (held.until <= now() && !isUp(held.holder));
      if (free) break;
      noted(coverage, "D9.raced");
      await clock.sleep(nap, never);
    }
    leases.set(name, { holder: worker, until: now() + leaseMs });
  }

  return {
    read: secretOf,
    put: (name: string, secret: Secret): void => void kept.set(name, secret),
    of: (worker: number): Vault => ({
      read: (name: ConnectionName) => Promise.resolve(secretOf(name)),
      async renew(name, seen, renew: (newest: Secret) => Promise<Renewed | null>) {
        await lease(name, worker);
        try {
          const newest = secretOf(name);
          if (newest !== seen) return newest;
          const renewed = await renew(newest);
          if (renewed === null || !isUp(worker)) return newest;
          // Somebody who signed in meanwhile counts for more.
          if (secretOf(name) === newest) kept.set(name, renewed.secret);
          return secretOf(name);
        } finally {
          if (isUp(worker)) leases.delete(name);
        }
      },
    }),
  };
}
