import type { ConnectionName } from "#domain/ids.ts";
import type { Secret } from "#domain/connection.ts";
import type { Registry, Safe } from "#domain/ports/registry.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";

/** Whoever changes a secret elsewhere waits no longer than this until it is used here. */
const keptMs = 1000;

type Secrets = { vault: Vault; safe: Safe; registry: Registry };

/**
 * Keeps what was read from the vault for a second, because every request reads it: at full speed that
 * would be hundreds of queries a second. What changes in this process counts at once.
 */
export function inHand({ vault, safe, registry }: Secrets, clock: Clock): Secrets {
  const held = new Map<ConnectionName, { secret: Promise<Secret>; until: number }>();
  /** Once before and once after, for what was read meanwhile. */
  async function changing<Result>(change: () => Promise<Result>): Promise<Result> {
    held.clear();
    try {
      return await change();
    } finally {
      held.clear();
    }
  }

  return {
    vault: {
      read(connection) {
        const now = clock.now().epochMilliseconds;
        const there = held.get(connection);
        if (there !== undefined && now < there.until) return there.secret;
        const secret = vault.read(connection);
        held.set(connection, { secret, until: now + keptMs });
        // What could not be read is read again by whoever asks next.
        secret.catch(() => held.delete(connection));
        return secret;
      },
      renew: (connection, seen, renew) => changing(() => vault.renew(connection, seen, renew)),
    },
    safe: { ...safe, keep: (connection, what) => changing(() => safe.keep(connection, what)) },
    registry: {
      ...registry,
      save: (setup, change) => changing(() => registry.save(setup, change)),
    },
  };
}
