import type {
  ConnectorDescribed,
  ConnectorFacts,
  ObjectFacts,
} from "#domain/ports/connector-facts.ts";
import type { World } from "../world.ts";
import { compare } from "./compare.ts";
import { connectionsOf, inUse, type InUse } from "./in-use.ts";
import type { ConnectorReview } from "./reviewed.ts";

/** What would come of a connector being described like this. */
export async function reviewOf(
  world: World,
  described: ConnectorDescribed,
  now?: InUse,
): Promise<ConnectorReview> {
  const { facts, reach } = described;
  const used = now ?? (await inUse(world, facts.name));
  const connections = await connectionsOf(world, facts.name);
  return {
    facts,
    reach,
    against: used.version,
    ...compare(used.described, described),
    connections,
    stops: await flowsThatStop(world, used, facts, connections),
  };
}

/** Flows of these connections that need something which would not be there any more. */
async function flowsThatStop(
  { registry }: Pick<World, "registry">,
  { described: before }: InUse,
  after: ConnectorFacts,
  connections: readonly string[],
): Promise<readonly string[]> {
  if (connections.length === 0) return [];
  return (await registry.flows()).flatMap((flow) =>
    (["from", "to"] as const).flatMap((side) => {
      const { connection, object } = flow[side];
      if (!connections.includes(connection)) return [];
      const [was, is] = [before?.facts, after].map((facts) =>
        facts?.objects.find(({ name }) => name === object),
      );
      const lack = is === undefined ? `there would be no ${object}` : lackOf(side, was, is);
      return lack === null ? [] : [`${flow.name}: ${lack}`];
    }),
  );
}

function lackOf(side: "from" | "to", was: ObjectFacts | undefined, is: ObjectFacts): string | null {
  if (was !== undefined && was.entity !== is.entity) return `${is.name} would be a ${is.entity}`;
  if (side === "from") return is.reads ? null : `${is.name} could not be read`;
  return is.writes ? null : `${is.name} could not be written`;
}
