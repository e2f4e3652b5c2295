import type { ConnectionName } from "#domain/ids.ts";
import type { HookAddress, Hooks } from "#domain/ports/hooks.ts";
import type { Subscription, Subscriptions } from "#domain/ports/subscriptions.ts";

/** Addresses given to outsiders, in memory; a token is 43 signs, as a real one. */
export function memoryHooks(): Hooks {
  type Made = { connection: ConnectionName; at: Temporal.Instant; own: boolean };
  const made = new Map<string, Made>();
  const secrets = new Map<string, string[]>();
  const add = (one: Made): string => {
    const token = `${one.connection}-${String(secrets.size)}-`.padEnd(43, "A");
    made.set(token, one);
    secrets.set(token, []);
    return token;
  };
  const givenTo = (connection: ConnectionName) =>
    [...made].find(([, one]) => one.connection === connection && !one.own);
  return {
    async renew(connection, at) {
      for (const [token, one] of made)
        if (one.connection === connection && !one.own) made.delete(token);
      return add({ connection, at, own: false });
    },
    async further(connection, at) {
      const token = add({ connection, at, own: true });
      return { token, address: token as HookAddress };
    },
    async end(address) {
      if (made.get(address)?.own === true) made.delete(address);
    },
    async find(token) {
      const found = made.get(token);
      return found && { connection: found.connection, address: token as HookAddress };
    },
    madeAt: (connection) => Promise.resolve(givenTo(connection)?.[1].at),
    addressOf: (connection) => Promise.resolve(givenTo(connection)?.[0] as HookAddress | undefined),
    async learn(address, secret, may) {
      const learned = secrets.get(address);
      if (learned === undefined || (may === "only_first" && learned.length > 0)) return false;
      learned.push(secret);
      return true;
    },
    learned: (address) => Promise.resolve(secrets.get(address) ?? []),
  };
}

export function memorySubscriptions(): Subscriptions & { rows: Kept[] } {
  type Row = Subscription & { connection: ConnectionName };
  const rows: Row[] = [];
  return {
    rows,
    async add(connection, { event, url }) {
      const row = { id: `sub_${String(rows.length + 1)}`, event, url, connection };
      rows.push(row);
      return row;
    },
    async remove(connection, id) {
      const at = rows.findIndex((row) => row.connection === connection && row.id === id);
      if (at >= 0) rows.splice(at, 1);
      return at >= 0;
    },
    find: (connection, id) =>
      Promise.resolve(rows.find((row) => row.connection === connection && row.id === id)),
    to: (connection, event) =>
      Promise.resolve(rows.filter((row) => row.connection === connection && row.event === event)),
    all: (connection) => Promise.resolve(rows.filter((row) => row.connection === connection)),
  };
}

type Kept = Subscription & { connection: ConnectionName };
