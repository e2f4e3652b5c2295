import type { Connection } from "#domain/connection.ts";
import type { HookAddress } from "#domain/ports/hooks.ts";
import type { HookFacts } from "#domain/ports/connector-facts.ts";
import type { World } from "../world.ts";

/** The connection that a token was made for, while that may still be sent something. */
export type Owner = { connection: Connection; facts: HookFacts; address: HookAddress };

/** Whose token this is; undefined where it is nobody's, or was not shown the way it has to be. */
export async function ownerOf(
  { hooks, registry, tools }: Pick<World, "hooks" | "registry" | "tools">,
  token: string,
  shown: HookFacts["token"],
): Promise<Owner | undefined> {
  const found = await hooks.find(token);
  if (found === undefined) return undefined;
  const connection = await registry.connection(found.connection);
  const facts = connection && tools.facts(connection.connector)?.hooks;
  if (connection === undefined || facts?.token !== shown) return undefined;
  return { connection, facts, address: found.address };
}
