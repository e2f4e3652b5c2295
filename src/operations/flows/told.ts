import { comesTrueByTime } from "#domain/condition.ts";
import type { Connection } from "#domain/connection.ts";
import type { Flow } from "#domain/flow.ts";
import { hubConnection } from "#domain/hub.ts";
import type { HookFacts } from "#domain/ports/connector-facts.ts";
import { reachedFrom } from "../connections/reached.ts";
import type { World } from "../world.ts";

export type ToldWorld = Pick<World, "registry" | "tools" | "watches" | "hooks" | "about">;

/**
 * Whether a flow that waits for events is also started by time: what is sent to us cannot be asked for, but
 * time may make a filter true for what was sent before.
 */
export function readsHourly(
  { trigger, from, where }: Pick<Flow, "trigger" | "from" | "where">,
  hooks: HookFacts | null | undefined,
): boolean {
  if (trigger.kind !== "event") return false;
  return hooks?.inboxes.includes(from.object) !== true || comesTrueByTime(where);
}

/** Spread over the hour by name, so that not all of them ask at once. */
export function hourlyCron(name: string): string {
  const minute = [...name].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 60, 7);
  return `${String(minute)} * * * *`;
}

/** How changes at the source of a flow that waits for events come to be known; null for another flow. */
export async function toldText(world: ToldWorld, flow: Flow): Promise<string | null> {
  const { from } = flow;
  const connection = await world.registry.connection(from.connection);
  if (flow.trigger.kind !== "event" || connection === undefined) return null;
  const facts = world.tools.facts(connection.connector);
  if (connection.name === hubConnection.name)
    return "It starts as soon as something has changed in the hub; once an hour it looks there as well.";
  if (facts?.hooks == null || !readsHourly(flow, facts.hooks)) return null;
  const untold = await untoldText(world, connection, from.object, { ...facts, hooks: facts.hooks });
  return untold === null
    ? `${facts.title} tells us when something changes; once an hour it is read as well, for what was not told.`
    : `${untold} Until then changes are found once an hour.`;
}

/** Why nothing is told; null where it is. */
async function untoldText(
  world: ToldWorld,
  connection: Connection,
  object: string,
  { title, hooks }: { title: string; hooks: HookFacts },
): Promise<string | null> {
  if (reachedFrom(world, connection) === null)
    return `${title} cannot reach us: PUBLIC_URL is not set to an address that it could call.`;
  if (!hooks.watched.includes(object))
    return (await world.hooks.madeAt(connection.name)) === undefined
      ? `${title} has to be given our address by hand: ${hooks.about}`
      : null;
  const watches = await world.watches.of(connection.name);
  const refused = watches.find(({ state }) => state.kind === "refused");
  if (refused?.state.kind === "refused") return refused.state.problem;
  const made = watches.some(({ state }) => state.kind === "made");
  return made ? null : `${title} is about to be asked to tell us.`;
}
