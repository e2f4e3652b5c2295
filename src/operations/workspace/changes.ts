import type { Change, WorkspacePlan } from "../contract.ts";
import type { World } from "../world.ts";
import type { Setup } from "./read.ts";

/** What applying a file would create, update and leave as it is. */
export async function planOf(
  { registry, ownerships }: Pick<World, "registry" | "ownerships">,
  { connections, flows, hub, warnings }: Setup,
): Promise<WorkspacePlan> {
  const [hadConnections, hadFlows, hadOwners] = await Promise.all([
    registry.connections(),
    registry.flows(),
    ownerships.all(),
  ]);
  const hadPlans = hadFlows.map(({ state: _state, version: _version, ...plan }) => plan);
  return {
    connections: compare(connections, hadConnections),
    flows: compare(flows, hadPlans),
    hub: compare(hub, hadOwners.map(({ entity, ownership }) => ({ name: entity, ownership }))), // prettier-ignore
    plans: flows,
    warnings,
  };
}

type Named = { name: string };

function compare(wanted: readonly Named[], had: readonly Named[]): Change {
  const created: string[] = [];
  const updated: string[] = [];
  const unchanged: string[] = [];
  for (const one of wanted) {
    const before = had.find(({ name }) => name === one.name);
    if (before === undefined) created.push(one.name);
    else (ordered(before) === ordered(one) ? unchanged : updated).push(one.name);
  }
  return { created, updated, unchanged };
}

/** The same content in one spelling, whatever the order of names. */
export const ordered = (content: unknown): string =>
  JSON.stringify(content, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
