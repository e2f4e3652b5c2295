import type { Connection } from "#domain/connection.ts";
import { isSystemic, Mistake } from "#domain/errors.ts";
import { endsRead, type Flow } from "#domain/flow.ts";
import type { MadeHook, Watch, WatchState } from "#domain/ports/watches.ts";
import type { World } from "../world.ts";
import { hookUrl } from "../hooks/addresses.ts";
import { reachedFrom } from "./reached.ts";

export type WatchWorld = Pick<
  World,
  "registry" | "watches" | "hooks" | "tools" | "clock" | "about" | "queue"
>;

const patienceMs = 30_000;
const patience = (): AbortSignal => AbortSignal.timeout(patienceMs);

/** Brings the webhooks we ask tools for in line with the flows that wait for events. */
export async function keepWatches(world: WatchWorld): Promise<void> {
  const flows = await world.registry.flows();
  for (const connection of await world.registry.connections())
    await keepWatchesOf(world, connection, awaited(flows, connection));
}

/** Soon, where a flow waits for a tool that we ask ourselves, or one did. */
export async function watchSoon({
  registry,
  tools,
  watches,
  queue,
}: Pick<World, "registry" | "tools" | "watches" | "queue">): Promise<void> {
  const flows = await registry.flows();
  for (const connection of await registry.connections()) {
    const watched = tools.facts(connection.connector)?.hooks?.watched ?? [];
    const waits = awaited(flows, connection).some((object) => watched.includes(object));
    if (waits || (await watches.of(connection.name)).length > 0)
      return queue.add({ kind: "watch" });
  }
}

/**
 * The objects of a connection whose changes start a flow; a paused one will want to know them too, one
 * that was never turned on may never.
 */
const awaited = (flows: readonly Flow[], { name }: Pick<Connection, "name">): readonly string[] => [
  ...new Set(
    flows
      .filter(({ trigger, state }) => trigger.kind === "event" && state.kind !== "off")
      .flatMap(endsRead)
      .filter(({ connection }) => connection === name)
      .map(({ object }) => object),
  ),
];

async function keepWatchesOf(
  world: WatchWorld,
  connection: Connection,
  objects: readonly string[],
): Promise<void> {
  const had = await world.watches.of(connection.name);
  if (had.length === 0 && objects.length === 0) return;
  const origin = reachedFrom(world, connection);
  const wanted = origin === null ? [] : await wantedAt(world, connection, objects);
  // The tool cannot say now: what there is stays as it is.
  if (wanted === null) return;
  const isKept = ({ name, origin: at }: Watch) => wanted.includes(name) && at === origin;
  for (const watch of had.filter((one) => !isKept(one))) await endOne(world, connection, watch);
  if (origin === null) return;
  const left = new Map(had.filter(isKept).map((watch) => [watch.name, watch]));
  for (const name of wanted) await keepOne(world, connection, { name, origin }, left.get(name));
}

async function wantedAt(
  { tools }: WatchWorld,
  connection: Connection,
  objects: readonly string[],
): Promise<readonly string[] | null> {
  if (objects.length === 0 || tools.facts(connection.connector)?.hooks == null) return [];
  try {
    return await tools.watching.wanted(connection, objects, patience());
  } catch (error) {
    if (isSystemic(error) || error instanceof Mistake) return null;
    throw error;
  }
}

type Place = { name: string; origin: string };

async function keepOne(
  world: WatchWorld,
  connection: Connection,
  place: Place,
  had: Watch | undefined,
): Promise<void> {
  if (had?.state.kind !== "made") {
    if (had !== undefined) await world.hooks.end(had.address);
    const fresh = await openAddress(world, connection, place);
    await world.watches.put(fresh);
    return settle(world, await asked(world, connection, fresh));
  }
  if (!isDue(had.at, had.state.hook, world.clock.now())) return;
  const hook = await prolonged(world, connection, had, had.state.hook);
  if (hook === "later") return;
  if (hook !== null)
    return world.watches.put({ ...had, at: world.clock.now(), state: { kind: "made", hook } });
  // Both tell for a moment: what is told twice is read again and found as it is.
  const next = await asked(world, connection, await openAddress(world, connection, place));
  if (next.watch.state.kind === "refused") return world.hooks.end(next.watch.address);
  await settle(world, next);
  await atTheTool(world, connection, had, had.state.hook);
  await world.hooks.end(had.address);
}

/** Half of its time is over. */
function isDue(made: Temporal.Instant, { expires }: MadeHook, now: Temporal.Instant): boolean {
  if (expires === null) return false;
  const half = expires.since(made).total("milliseconds") / 2;
  return now.since(made).total("milliseconds") >= half;
}

type Asked = { watch: Watch & { url: string } };
type Fresh = Asked["watch"];

async function openAddress(
  { hooks, clock, about }: WatchWorld,
  connection: Connection,
  { name, origin }: Place,
): Promise<Fresh> {
  const at = clock.now();
  const { token, address } = await hooks.further(connection.name, at);
  const state = { kind: "asked" } as const;
  return { connection: connection.name, name, address, origin, at, state, url: hookUrl({ about }, token) }; // prettier-ignore
}

async function asked({ tools }: WatchWorld, connection: Connection, fresh: Fresh): Promise<Asked> {
  const state = await tried(() => tools.watching.make(connection, fresh.name, fresh, patience()));
  return { watch: { ...fresh, state } };
}

async function settle({ watches, hooks }: WatchWorld, { watch }: Asked): Promise<void> {
  const { url: _url, ...kept } = watch;
  await watches.put(kept);
  if (watch.state.kind === "refused") await hooks.end(watch.address);
}

async function tried(make: () => Promise<MadeHook>): Promise<WatchState> {
  try {
    return { kind: "made", hook: await make() };
  } catch (error) {
    if (isSystemic(error) || error instanceof Mistake)
      return { kind: "refused", problem: error.message };
    throw error;
  }
}

async function prolonged(
  { tools }: WatchWorld,
  connection: Connection,
  { name }: Watch,
  hook: MadeHook,
): Promise<MadeHook | null | "later"> {
  try {
    return await tools.watching.prolong(connection, name, hook, patience());
  } catch (error) {
    // There is half of its time left to try it again.
    if (isSystemic(error)) return "later";
    // Refused: then another one has to do.
    if (error instanceof Mistake) return null;
    throw error;
  }
}

/** Whether it is over there, or nothing more can be done about it. */
async function atTheTool(
  { tools }: WatchWorld,
  connection: Connection,
  { name }: Watch,
  hook: MadeHook,
): Promise<boolean> {
  try {
    await tools.watching.end(connection, name, hook, patience());
    return true;
  } catch (error) {
    if (isSystemic(error)) return false;
    if (error instanceof Mistake) return true;
    throw error;
  }
}

async function endOne(world: WatchWorld, connection: Connection, watch: Watch): Promise<boolean> {
  const { state } = watch;
  if (state.kind === "made" && !(await atTheTool(world, connection, watch, state.hook)))
    return false;
  await world.watches.remove(connection.name, watch.name);
  await world.hooks.end(watch.address);
  return true;
}

/** Before a connection goes, with the credential that it takes; what cannot be ended is let be. */
export async function endWatches(world: WatchWorld, connection: Connection): Promise<void> {
  for (const watch of await world.watches.of(connection.name))
    // One that does not answer would not for the others either.
    if (!(await endOne(world, connection, watch))) return;
}
