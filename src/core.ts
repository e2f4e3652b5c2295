import { hash as oneHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeEgress } from "#connectors/egress.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { makeTools } from "#connectors/tools.ts";
import { Mistake, SignInRefused } from "#domain/errors.ts";
import { connectionBroken } from "#domain/broken.ts";
import type { Events } from "#domain/ports/events.ts";
import type { HeldRun } from "#domain/ports/hold.ts";
import type { Outbox, Subject } from "#domain/ports/outbox.ts";
import type { Groups } from "#domain/ports/people.ts";
import type { AppPlace, Client } from "#domain/ports/sign-in.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import { makeEngine } from "#engine/engine.ts";
import type { SystemHealth } from "#operations/contract.ts";
import { makePreviews } from "#operations/flows/previews.ts";
import { makePerform } from "#operations/gate.ts";
import { askAboutHeld } from "#operations/held/ask.ts";
import type { UsualValues, World } from "#operations/world.ts";
import { openQueue } from "#queue/queue.ts";
import { openDatabase } from "#store/database.ts";
import { givenIn } from "#store/given.ts";
import { databaseHealth } from "#store/health.ts";
import { openMasterKey } from "#store/master-key.ts";
import { openStore } from "#store/store.ts";
import { announcing } from "./announcing.ts";
import { keepingUp, makeCatalogue } from "./catalogue.ts";
import type { Config } from "./config.ts";
import { neverTell } from "./log.ts";
import { withHub, withHubConnection } from "./hub-tools.ts";
import { inHand } from "./in-hand.ts";
import { makeOpenFlow } from "./open-flow.ts";
import { withinHours } from "./pacing.ts";
import { loadReadyMade } from "./ready-made.ts";
import { thisProgram } from "./this-program.ts";
import { version } from "./version.ts";

export const root = new URL("../", import.meta.url).pathname;

export const clock: Clock = {
  now: () => Temporal.Now.instant(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** What is only known once Slack and the web server are up. */
export type Faces = {
  groups: Groups;
  slack(): SystemHealth["slack"];
  team(): string | null;
  publicUrl(): string;
  /** The sandbox stands in for the tools it has. */
  usualBaseUrl(connector: string): string | null;
  usualValues(connector: string): UsualValues | null;
  /** There, an app is registered with each of them already. */
  usualApp(place: AppPlace): Client | undefined;
};

const faceless: Faces = {
  groups: { membersOf: () => Promise.resolve(new Set()) },
  slack: () => ({ mode: "none", connected: false }),
  team: () => null,
  publicUrl: () => "",
  usualBaseUrl: () => null,
  usualValues: () => null,
  usualApp: () => undefined,
};

export type Core = Awaited<ReturnType<typeof openCore>>;

/** Everything behind Slack, the web and the terminal. @throws Mistake when it cannot be opened */
export async function openCore(config: Config, log: Log) {
  const manifests = await connectorsIn(config);
  const readyMade = await loadReadyMade([join(root, "manifests"), ...further(config)]);
  await using opening = new AsyncDisposableStack();
  const faces = { ...faceless, publicUrl: () => config.publicUrl };
  const databaseFolder = join(config.dir, "database");
  const sealing = await openMasterKey({ ...config, databaseFolder });
  const database = opening.use(await openDatabase({ url: config.databaseUrl, folder: config.dir }));
  const secrets = { environment: config.variable, folder: join(config.dir, "secrets") };
  const opened = openStore(database, { sealing, secrets });
  const hubbed = { ...opened, registry: withHubConnection(opened.registry) };
  const { connectionInHand, ...kept } = inHand(hubbed, clock);
  const store = { ...hubbed, ...kept };
  // What the jobs in hand have sent is still answered: the door closes after them.
  const egress = opening.use(makeEgress({ allow: config.allow }));
  const queue = opening.use(await openQueue({ handle: database.handle, log }));
  const outbox = {
    ...store.outbox,
    async tell(subject: Subject) {
      await store.outbox.tell(subject);
      await queue.add({ kind: "outbox" });
    },
  };

  const told = announcing(store, () => queue.add({ kind: "published" }));

  const closing = new AbortController();
  const close = (): void => closing.abort();
  opening.defer(close);

  const hash = (text: string) => oneHash("sha256", text, "base64url");
  const connectors = makeTools({
    manifests,
    program: thisProgram(root),
    vault: telling(unspoken(store.vault), outbox, told.events),
    apps: {
      find: async (place) => (await store.apps.find(place)) ?? faces.usualApp(place),
    },
    allowance: store.allowance,
    inbox: store.inbox,
    hints: store.hints,
    hooks: store.hooks,
    subscriptions: store.subscriptions,
    clock,
    log,
    egress,
  });
  const tools = withHub(store.hub, connectors);
  const catalogue = makeCatalogue(store.connectorVersions, connectors, log);
  await catalogue.read();
  const open = makeOpenFlow({
    registry: store.registry,
    tools,
    conversions: readyMade.conversions,
  });
  const openFlow: OpenFlow = async (flow, terms) => {
    await catalogue.refresh();
    return open(flow, terms);
  };
  const ports = {
    ...store,
    ...told,
    outbox,
    hold: (held: HeldRun) => askAboutHeld(world, held),
    clock,
    chance: { fraction: () => Math.random(), id: () => randomUUID() },
    hash,
    log,
    closing: closing.signal,
  };
  const engine = makeEngine({ ...ports, openFlow: withinHours(openFlow, clock) });

  const upSince = clock.now();
  const world: World = {
    ...store,
    ...told,
    outbox,
    groups: { membersOf: (group) => faces.groups.membersOf(group) },
    tools,
    // A look writes nothing, so it need not wait for the flow's hours.
    engine: makeEngine({ ...ports, openFlow }),
    previews: makePreviews(),
    queue,
    clock,
    hash,
    readyMade,
    given: givenIn(secrets),
    about: {
      version: await version(),
      upSince,
      publicUrl: () => faces.publicUrl(),
      teamId: () => faces.team(),
      usualBaseUrl: (connector) => faces.usualBaseUrl(connector),
      usualValues: (connector) => faces.usualValues(connector),
      loopback: config.allow.loopback,
      admins: config.admins,
      database: () => databaseHealth(database),
      slack: () => faces.slack(),
    },
  };
  // What was opened before something failed is closed again; from here on it is the caller's.
  const parts = opening.move();
  return {
    world,
    connectionInHand,
    store,
    queue,
    engine,
    outbox,
    perform: keepingUp(catalogue, makePerform(world)),
    faces,
    closing: closing.signal,
    /** From now on nothing more is begun; what is under way is brought to its end by disposing. */
    close,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** What is read from the vault is from then on left out of the log, whatever it looks like. */
const unspoken = (vault: Vault): Vault => ({
  async read(connection) {
    const secret = await vault.read(connection);
    neverTell(Object.values(secret));
    return secret;
  },
  async renew(connection, seen, renew) {
    const secret = await vault.renew(connection, seen, renew);
    neverTell(Object.values(secret));
    return secret;
  },
});

/** Whoever looks after a connection hears at once that its sign-in is no longer renewed. */
const telling = (
  vault: Vault,
  outbox: Pick<Outbox, "tell">,
  events: Pick<Events, "publish">,
): Vault => ({
  ...vault,
  renew: (connection, seen, renew) =>
    vault.renew(connection, seen, renew).catch(async (error: unknown) => {
      if (error instanceof SignInRefused) {
        await outbox.tell({ kind: "expiry", connection, days: 0 });
        await events.publish(connectionBroken(connection, error.message), clock.now());
      }
      throw error;
    }),
});

const further = ({ manifests }: Config): readonly string[] =>
  manifests === null ? [] : [manifests];

/** Our connectors and those of TIELINE_MANIFESTS. @throws Mistake naming what is wrong in one, and where */
async function connectorsIn(config: Config) {
  const folders = [join(root, "manifests/connectors"), ...further(config)];
  const { manifests, problems } = await loadManifests(folders);
  if (problems.length > 0) {
    const lines = problems.map(
      ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
    );
    throw new Mistake(lines.join("\n"));
  }
  return manifests;
}
