import type { Conversion } from "#domain/conversion.ts";
import type { Connection } from "#domain/connection.ts";
import type { Flow } from "#domain/flow.ts";
import { hubConnection } from "#domain/hub.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { loadOf, type Load } from "../flows/load.ts";
import type { World } from "../world.ts";

/** What the flows of a file are read against. */
export type Known = {
  tools: Pick<Tools, "facts">;
  existing: readonly Flow[];
  conversions: ReadonlyMap<string, Conversion>;
  /** Those of the file and those set up already. */
  connections: ReadonlyMap<string, Connection>;
  broken: ReadonlySet<string>;
  /** What runs of existing flows handled lately, by the flow's name. */
  loads: ReadonlyMap<string, Load | null>;
  /** Of the flows that are judged, those that have linked records. */
  linked: ReadonlySet<string>;
};

/** What is set up now. `about`: the flows that are going to be judged. */
export async function knownNow(world: World, about: readonly string[]): Promise<Known> {
  const [connections, existing] = await Promise.all([
    world.registry.connections(),
    world.registry.flows(),
  ]);
  const judged = existing.filter(({ name }) => about.includes(name));
  const loads = await Promise.all(
    judged.map(async ({ name }): Promise<[string, Load | null]> => [
      name,
      await loadOf(world, name),
    ]),
  );
  const links = await Promise.all(judged.map(({ name }) => world.ledger.links(name)));
  return {
    tools: world.tools,
    existing,
    conversions: world.readyMade.conversions,
    connections: new Map([hubConnection, ...connections].map((one) => [one.name, one])),
    broken: new Set(),
    loads: new Map(loads),
    linked: new Set(judged.filter((_flow, n) => (links[n] ?? 0) > 0).map(({ name }) => name)),
  };
}
