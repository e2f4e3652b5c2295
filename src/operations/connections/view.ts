import type { Connection } from "#domain/connection.ts";
import type { ConnectionView } from "../contract.ts";
import type { World } from "../world.ts";

/** Every connection as people see it. */
export async function connectionViews(world: World): Promise<readonly ConnectionView[]> {
  const connections = await world.registry.connections();
  return Promise.all(connections.map((connection) => connectionView(world, connection)));
}

/** One connection as people see it; it is not looked at live. */
export async function connectionView(
  world: World,
  connection: Connection,
): Promise<ConnectionView> {
  const standing = await world.safe.standing(connection.name);
  const facts = world.tools.facts(connection.connector);
  return {
    connection,
    title: facts?.title ?? connection.connector,
    signedIn: standing.refused === null && (await isComplete(world, connection)),
    usedBy: await usersOf(world, connection),
    standing,
    hooked: facts?.hooks != null,
  };
}

/** Names of the flows that read or write this connection. */
export async function usersOf(
  { registry }: Pick<World, "registry">,
  { name }: Connection,
): Promise<readonly string[]> {
  const flows = await registry.flows();
  return flows
    .filter(({ from, to }) => from.connection === name || to.connection === name)
    .map((flow) => flow.name);
}

/** Whether every value that one way of signing in needs is there. */
async function isComplete(
  { tools, safe, given }: World,
  { name, connector, credential }: Connection,
): Promise<boolean> {
  const ways = tools.facts(connector)?.credentials ?? [];
  const there = new Set<string>();
  for (const [field, source] of Object.entries(credential))
    if (source.kind === "kept" ? await safe.has(name) : await given(source)) there.add(field);
  return ways.some(({ fields }) =>
    fields.every((field) => field.optional || there.has(field.name)),
  );
}
