import type { Json } from "#domain/json.ts";
import type { World } from "../world.ts";
import { ownerOf } from "./owner.ts";

/** Why somebody cannot be told of an event. */
type Refusal =
  | { kind: "unknown_key" }
  /** There is no such event; these there are. */
  | { kind: "no_event"; events: readonly string[] }
  | { kind: "not_there" }
  | { kind: "too_many" };

export type Subscribed = Refusal | { kind: "subscribed"; id: string };

/**
 * Somebody outside asks to be told of an event at an address of theirs, as Zapier does when a Zap is
 * switched on. Who they are their key says; where they may be told, the connector.
 */
export async function subscribe(
  world: World,
  key: string,
  { event, url }: { event: string; url: string },
): Promise<Subscribed> {
  const owner = await ownerOf(world, key, "as_key");
  if (owner === undefined) return { kind: "unknown_key" };
  const { connection, facts } = owner;
  if (!facts.events.includes(event)) return { kind: "no_event", events: facts.events };
  if (!world.tools.mayBeTold(connection, url)) return { kind: "not_there" };
  const at = world.clock.now();
  const made = await world.subscriptions.add(connection.name, { event, url }, at);
  return made === undefined ? { kind: "too_many" } : { kind: "subscribed", id: made.id };
}

/** They want to be told no more. One that is not there is as good as taken back. */
export async function unsubscribe(
  world: World,
  key: string,
  id: string,
): Promise<"unknown_key" | "gone"> {
  const owner = await ownerOf(world, key, "as_key");
  if (owner === undefined) return "unknown_key";
  await world.subscriptions.remove(owner.connection.name, id);
  return "gone";
}

export type Samples = Refusal | { kind: "samples"; samples: readonly Json[] };

/** Events as they would be sent, for whoever builds something that will take them. */
export async function sampleEvents(world: World, key: string, event: string): Promise<Samples> {
  const owner = await ownerOf(world, key, "as_key");
  if (owner === undefined) return { kind: "unknown_key" };
  const { connection, facts } = owner;
  if (!facts.events.includes(event)) return { kind: "no_event", events: facts.events };
  return { kind: "samples", samples: world.tools.sample(connection, event) };
}
