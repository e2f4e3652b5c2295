import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { ConnectorFacts, HookFacts } from "#domain/ports/connector-facts.ts";
import { toldView } from "../deliveries/view.ts";
import { findConnection } from "../find.ts";
import type { World } from "../world.ts";
import { placesOf } from "./addresses.ts";
import type { HooksView } from "./contract.ts";

export type Hooked = { connection: Connection; facts: ConnectorFacts; hooks: HookFacts };

/** @throws Mistake where there is no such connection, or nothing is ever sent to one of its tool */
export async function findHooked(world: World, name: string): Promise<Hooked> {
  const connection = await findConnection(world, name);
  const facts = world.tools.facts(connection.connector);
  if (facts === undefined)
    throw new Mistake(`${connection.name} uses the connector ${connection.connector}, which is not here.`); // prettier-ignore
  if (facts.hooks === null) throw new Mistake(`${facts.title} sends us nothing: it is only asked.`);
  return { connection, facts, hooks: facts.hooks };
}

export async function hooksView(
  world: World,
  { connection, facts, hooks }: Hooked,
): Promise<HooksView> {
  const { name } = connection;
  const address = await world.hooks.addressOf(name);
  const subscriber = async ({ id, event }: { id: string; event: string }) => ({
    id,
    event,
    endpoint: await world.deliveries.endpoint({ connection: name, subscription: id }),
  });
  const learned = address === undefined ? [] : await world.hooks.learned(address);
  return {
    connection: name,
    title: facts.title,
    facts: hooks,
    madeAt: (await world.hooks.madeAt(name)) ?? null,
    verified: hooks.asks === null || learned.length > 0,
    addresses: placesOf(world, facts, hooks, null),
    told: await toldView(world, connection),
    subscribers: await Promise.all((await world.subscriptions.all(name)).map(subscriber)),
  };
}
