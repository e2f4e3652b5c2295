import type { Connection, Secret } from "#domain/connection.ts";
import type { HookAddress, Hooks } from "#domain/ports/hooks.ts";
import type { Registry, Safe } from "#domain/ports/registry.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import { holding } from "./held.ts";

type Kept = { vault: Vault; safe: Safe; registry: Registry; hooks: Hooks };
type InHand = Kept & {
  /** As the registry has it, or had it a second ago: for what comes in, thousands of times a second. */
  connectionInHand: Registry["connection"];
};

/**
 * Keeps for a second what every request out reads from the vault, and every message in to know whose it is:
 * at full speed that would be thousands of queries a second. What changes in this process counts at once.
 */
export function inHand({ vault, safe, registry, hooks }: Kept, clock: Clock): InHand {
  const secrets = holding<Secret>(clock);
  const connections = holding<Connection | undefined>(clock, isThere);
  const tokens = holding<Awaited<ReturnType<Hooks["find"]>>>(clock, isThere);
  const addresses = holding<HookAddress | undefined>(clock, isThere);
  const learned = holding<readonly string[]>(clock, (some) => some.length > 0);
  const clear = (): void => {
    for (const one of [secrets, connections, tokens, addresses, learned]) one.clear();
  };
  /** Once before and once after, for what was read meanwhile. */
  async function changing<Result>(change: () => Promise<Result>): Promise<Result> {
    clear();
    try {
      return await change();
    } finally {
      clear();
    }
  }

  return {
    vault: {
      read: (connection) => secrets.of(connection, () => vault.read(connection)),
      renew: (connection, seen, renew) => changing(() => vault.renew(connection, seen, renew)),
    },
    safe: { ...safe, keep: (connection, what) => changing(() => safe.keep(connection, what)) },
    registry: {
      ...registry,
      save: (setup, change) => changing(() => registry.save(setup, change)),
      removeConnection: (name) => changing(() => registry.removeConnection(name)),
    },
    hooks: {
      ...hooks,
      find: (token) => tokens.of(token, () => hooks.find(token)),
      addressOf: (connection) => addresses.of(connection, () => hooks.addressOf(connection)),
      learned: (address) => learned.of(address, () => hooks.learned(address)),
      renew: (connection, at) => changing(() => hooks.renew(connection, at)),
      further: (connection, at) => changing(() => hooks.further(connection, at)),
      end: (address) => changing(() => hooks.end(address)),
      learn: (address, secret, may) => changing(() => hooks.learn(address, secret, may)),
    },
    connectionInHand: (name) => connections.of(name, () => registry.connection(name)),
  };
}

const isThere = (value: unknown): boolean => value !== undefined;
