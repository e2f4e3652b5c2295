import { hubConnection } from "#domain/hub.ts";
import type { World } from "../world.ts";
import type { Able } from "./fill.ts";

/** Every connection of which the tool is known, the hub among them. */
export async function ableConnections({
  registry,
  tools,
}: Pick<World, "registry" | "tools">): Promise<readonly (Able & { title: string })[]> {
  const connections = [...(await registry.connections()), hubConnection];
  return connections.flatMap((connection) => {
    const facts = tools.facts(connection.connector);
    return facts === undefined ? [] : [{ connection, facts, title: facts.title }];
  });
}
