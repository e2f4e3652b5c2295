import type { Grip } from "#domain/grip.ts";
import type { Connection, Renewed, Secret } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import type { Allowance, Bucket } from "#domain/ports/allowance.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import { makeEgress } from "#connectors/egress.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import { makeTools, type ReloadableTools } from "#connectors/tools.ts";
import type { Hooks } from "#domain/ports/hooks.ts";
import { memoryHooks, memorySubscriptions } from "../support/memory/hooks.ts";
import { memoryHints } from "../support/memory/hints.ts";
import { memoryInbox } from "../support/memory/inbox.ts";

export const folder = new URL("../../manifests/connectors", import.meta.url).pathname;

/** Real time, but nobody waits: sleeping only moves the clock on. */
export function quickClock(): Clock & { slept: number[] } {
  let ahead = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => Temporal.Now.instant().add({ milliseconds: ahead }),
    elapsed: () => performance.now() + ahead,
    sleep(ms, signal) {
      signal.throwIfAborted();
      slept.push(ms);
      ahead += ms;
      return Promise.resolve();
    },
  };
}

/** As many calls as anybody wants, until the tool says otherwise. */
export function generous(clock: Clock): Allowance & { closed: [Bucket, number][] } {
  const closed: [Bucket, number][] = [];
  const until = new Map<string, number>();
  return {
    closed,
    draw(bucket, want) {
      const waitMs = (until.get(bucket.name) ?? 0) - clock.now().epochMilliseconds;
      return Promise.resolve(waitMs > 0 ? { calls: 0, waitMs } : { calls: want, waitMs: 0 });
    },
    closeUntil(bucket, waitMs) {
      closed.push([bucket, waitMs]);
      until.set(bucket.name, clock.now().epochMilliseconds + waitMs);
      return Promise.resolve();
    },
  };
}

/** Credentials in memory; renews one at a time, as the real one does. */
export function memoryVault(
  secret: Secret,
): Vault & { secret: Secret; renewed: number; expires: Temporal.Instant | null; grip: Grip } {
  let busy: Promise<unknown> = Promise.resolve();
  const vault = {
    secret,
    renewed: 0,
    expires: null as Temporal.Instant | null,
    grip: { sure: (): Promise<void> | null => null },
    read: () => Promise.resolve(vault.secret),
    renew(
      _name: unknown,
      seen: Secret,
      renew: (newest: Secret, grip: Grip) => Promise<Renewed | null>,
    ) {
      const turn = busy.then(async () => {
        if (vault.secret !== seen) return vault.secret;
        vault.renewed++;
        const renewed = await renew(vault.secret, vault.grip);
        if (renewed === null) return vault.secret;
        vault.expires = renewed.expires;
        return (vault.secret = renewed.secret);
      });
      busy = turn.catch(() => undefined);
      return turn;
    },
  };
  return vault;
}

export const silent: Log = { info() {}, warn() {}, error() {} };
export const never = new AbortController().signal;

export type World = AsyncDisposable & {
  tools: ReloadableTools;
  clock: ReturnType<typeof quickClock>;
  vault: ReturnType<typeof memoryVault>;
  allowance: ReturnType<typeof generous>;
  inbox: ReturnType<typeof memoryInbox>;
  hints: ReturnType<typeof memoryHints>;
  hooks: Hooks;
  subscriptions: ReturnType<typeof memorySubscriptions>;
};

/** The connectors there are, or those given, over real HTTP on this machine. */
export async function openWorld(
  secret: Secret,
  manifests?: readonly Manifest[],
  log: Log = silent,
): Promise<World> {
  const clock = quickClock();
  const vault = memoryVault(secret);
  const allowance = generous(clock);
  const egress = makeEgress({ allow: { loopback: true, cidrs: [] } });
  const inbox = memoryInbox(() => clock.now());
  const hints = memoryHints();
  const hooks = memoryHooks();
  const subscriptions = memorySubscriptions();
  const apps = { find: () => Promise.resolve(undefined) };
  const loaded = manifests ?? (await loadManifests([folder])).manifests;
  return {
    tools: makeTools({ manifests: loaded, program: "this", vault, apps, allowance, inbox, hints, hooks, subscriptions, clock, log, egress }), // prettier-ignore
    clock,
    vault,
    allowance,
    inbox,
    hints,
    hooks,
    subscriptions,
    [Symbol.asyncDispose]: () => egress[Symbol.asyncDispose](),
  };
}

export const connectionTo = (
  connector: string,
  baseUrl: string,
  { settings = {}, credential = ["token"] }: { settings?: Record<string, string>; credential?: string[] } = {}, // prettier-ignore
): Connection => ({
  name: connectionName(connector),
  connector,
  baseUrl,
  settings,
  credential: Object.fromEntries(credential.map((name) => [name, { kind: "kept" }])),
  owner: null,
  events: [],
});
