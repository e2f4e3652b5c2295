import type { ConnectorVersion } from "#domain/ports/connector-versions.ts";
import type { ConnectorDescribed } from "#domain/ports/connector-facts.ts";
import type { World } from "../world.ts";

/** What stands under a connector's name at this moment. */
export type InUse = {
  /** Null where nothing does; 0 is what comes with this installation. */
  version: number | null;
  /** Undefined where nothing does, or where it is not accepted any more. */
  described: ConnectorDescribed | undefined;
  hash: string | null;
  versions: readonly ConnectorVersion[];
};

export async function inUse(
  { connectorVersions, tools }: Pick<World, "connectorVersions" | "tools">,
  connector: string,
): Promise<InUse> {
  const { current, versions } = await connectorVersions.of(connector);
  const version = versions.find((one) => one.version === current);
  if (version === undefined) {
    const ours = tools.builtIn(connector);
    return { version: ours === undefined ? null : 0, described: ours, hash: null, versions };
  }
  const judged = tools.judge(version.text);
  const described = judged.kind === "good" ? judged : undefined;
  return { version: current, described, hash: version.hash, versions };
}

/** Names of the connections that work by a connector. */
export async function connectionsOf(
  { registry }: Pick<World, "registry">,
  connector: string,
): Promise<readonly string[]> {
  const connections = await registry.connections();
  return connections.filter((one) => one.connector === connector).map(({ name }) => name);
}
