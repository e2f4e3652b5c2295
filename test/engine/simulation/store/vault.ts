import type { ConnectionName } from "#domain/ids.ts";
import type { Secret } from "#domain/connection.ts";
import { Fenced } from "#domain/errors.ts";
import type { Grip } from "#domain/grip.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";
import { type Coverage, noted } from "../faults/matrix.ts";

export const leaseMs = 60_000;

/** `asked`: whoever has it was sure that it still did, and asked the sign-in service. */
type Lease = { holder: number; until: number; asked: boolean };

/** A worker as the vault sees it. */
export type Holder = {
  id: number;
  /** It may fall asleep, or lose its store, just here. */
  moment(): Promise<void>;
  /** Null while it is up. */
  untilUp(): Promise<void> | null;
};

/** Whether a process is there, asleep or not; and since when it is asleep. */
type Sight = { isUp(worker: number): boolean; asleepSince(worker: number): number | null };

/**
 * Credentials in memory, renewed by one worker at a time, whose lease ends unless it goes on living: as the
 * store keeps them.
 */
export function makeVaults(clock: FakeClock, coverage: Coverage, sight: Sight) {
  const kept = new Map<string, Secret>();
  const leases = new Map<string, Lease>();
  const torn = new Set<string>();
  const never = new AbortController().signal;
  const now = (): number => clock.ms();
  const secretOf = (name: string): Secret => kept.get(name) ?? {};

  /** While it is up its holder extends it. */
  function isFree({ holder, until }: Lease): boolean {
    if (!sight.isUp(holder)) return until <= now();
    const since = sight.asleepSince(holder);
    return since !== null && Math.max(until, since + leaseMs) <= now();
  }

  async function lease(name: string, holder: number): Promise<Lease> {
    for (let nap = 20; ; nap = Math.min(nap * 2, 5_000)) {
      const held = leases.get(name);
      if (held === undefined || isFree(held)) {
        if (held?.asked === true) torn.add(name);
        const own = { holder, until: now() + leaseMs, asked: false };
        leases.set(name, own);
        return own;
      }
      noted(coverage, "D9.raced");
      await clock.sleep(nap, never);
    }
  }

  type Renew = Parameters<Vault["renew"]>[2];

  async function renewAlone(of: Holder, name: string, seen: Secret, renew: Renew) {
    const own = await lease(name, of.id);
    const isOurs = (): boolean => leases.get(name) === own;
    const grip: Grip = {
      sure() {
        const up = of.untilUp();
        if (up !== null) return up;
        if (!isOurs()) return Promise.reject(new Fenced("another worker renews it"));
        own.asked = true;
        return null;
      },
    };
    try {
      const newest = secretOf(name);
      if (newest !== seen) return newest;
      await of.moment();
      const renewed = await renew(newest, grip);
      if (renewed === null || !sight.isUp(of.id)) return newest;
      // Somebody who signed in meanwhile counts for more.
      if (secretOf(name) === newest) kept.set(name, renewed.secret);
      return secretOf(name);
    } finally {
      if (sight.isUp(of.id) && isOurs()) leases.delete(name);
    }
  }

  return {
    read: secretOf,
    put: (name: string, secret: Secret): void => void kept.set(name, secret),
    /** Another took over from one that had asked, and may have been answered: it can but use the same token. */
    isTorn: (name: string): boolean => torn.has(name),
    of: (worker: Holder): Vault => ({
      read: (name: ConnectionName) => Promise.resolve(secretOf(name)),
      async renew(name, seen, renew) {
        for (;;) {
          try {
            return await renewAlone(worker, name, seen, renew);
          } catch (error) {
            if (!(error instanceof Fenced)) throw error;
          }
        }
      },
    }),
  };
}
