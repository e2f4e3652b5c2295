import { hubName } from "#domain/hub.ts";
import type { Connection } from "#domain/connection.ts";
import type { EntityName } from "#domain/entities/index.ts";
import type { Flow } from "#domain/flow.ts";
import type { ConnectorFacts, ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Recipe, RecipeEnd, Role } from "./read.ts";

/** What a connection is able to do: the objects of its connector. */
export type Able = {
  connection: Pick<Connection, "name">;
  facts: Pick<ConnectorFacts, "objects">;
};

/** Whether a connection can take a role. Nobody sends e-mail from the hub, or writes invoices there. */
export const canBe = (role: Role, { connection, facts }: Able): boolean =>
  (role.writes.length === 0 || connection.name !== hubName) &&
  role.reads.every((entity) => objectFor(entity, "reads", facts) !== undefined) &&
  role.writes.every((entity) => objectFor(entity, "writes", facts) !== undefined);

/** The first object of a tool that holds this kind of record and can be read, or written. */
const objectFor = (
  entity: EntityName,
  can: "reads" | "writes",
  { objects }: Able["facts"],
): ObjectFacts | undefined => objects.find((object) => object.entity === entity && object[can]);

/** A flow of a recipe with its connections: as an entry of a workspace file, or the flow that is there already. */
export type Filled =
  { name: string; entry: Readonly<Record<string, unknown>> } | { already: string };

/**
 * The flows of a recipe between these connections, one for each role. Names that are taken get a
 * number. @returns null where a connection cannot take its role
 */
export function fillRecipe(
  recipe: Recipe,
  chosen: ReadonlyMap<string, Able>,
  existing: readonly Pick<Flow, "name" | "from" | "to">[],
): readonly Filled[] | null {
  const taken = new Set(existing.map(({ name }): string => name));
  const filled: Filled[] = [];
  for (const flow of recipe.flows) {
    const from = placeOf(flow.from, "reads", chosen);
    const to = placeOf(flow.to, "writes", chosen);
    if (from === null || to === null) return null;
    const there = existing.find((one) => at(one.from) === from.end && at(one.to) === to.end);
    if (there !== undefined) {
      filled.push({ already: there.name });
      continue;
    }
    const name = free(flow.name, taken);
    taken.add(name);
    const trigger = triggerFor(flow, from.object);
    filled.push({ name, entry: { from: from.end, to: to.end, ...flow.entry, ...trigger } });
  }
  return filled;
}

const at = ({ connection, object }: Flow["from"]): string => `${connection}/${object}`;

/** A tool that does not tell when something changes is looked at every quarter of an hour. */
const triggerFor = ({ entry }: Recipe["flows"][number], { events }: ObjectFacts): object =>
  entry["trigger"] === "event" && !events ? { trigger: { cron: "*/15 * * * *" } } : {};

function placeOf(
  { role, entity }: RecipeEnd,
  can: "reads" | "writes",
  chosen: ReadonlyMap<string, Able>,
): { end: string; object: ObjectFacts } | null {
  const able = chosen.get(role);
  const object = able && objectFor(entity, can, able.facts);
  return able === undefined || object === undefined
    ? null
    : { end: at({ connection: able.connection.name, object: object.name }), object };
}

function free(name: string, taken: ReadonlySet<string>): string {
  let [one, n] = [name, 1];
  while (taken.has(one)) one = `${name}-${String(++n)}`;
  return one;
}
