import {
  entities,
  entityNames,
  entityOf,
  isEntityName,
  type EntityName,
} from "#domain/entities/index.ts";
import { hubConnection } from "#domain/hub.ts";
import { usualOwnership } from "#domain/ownership.ts";
import { z } from "zod";
import { unknown } from "../find.ts";
import { line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";
import type { OwnershipView } from "./contract.ts";

export const entityField = line("a kind of record, such as customer");

export const hubOwners = operation("hub.owners", {
  title: "Looking at who owns what in the hub",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ entity: optional(entityField) }),
  told: (input) => input,

  async run({ entity }, { world }) {
    if (entity !== undefined) return { entities: [await ownersOf(world, entityNamed(entity))] };
    const views = await Promise.all(entityNames.map((name) => ownersOf(world, name)));
    const used = views.filter(({ connections, version }) => connections.length + version > 0);
    return { entities: used };
  },
});

/** Also by its plural. @throws Mistake that names what there is */
export function entityNamed(text: string): EntityName {
  const word = text.toLowerCase();
  const found = entityNames.find((name) => entities[name].many === word || name === word);
  if (found === undefined || !isEntityName(found)) throw unknown("kind of record", text, entityNames); // prettier-ignore
  return found;
}

export async function ownersOf(
  { ownerships, registry }: Pick<World, "ownerships" | "registry">,
  entity: EntityName,
): Promise<OwnershipView> {
  const [[newest], flows] = await Promise.all([ownerships.versions(entity), registry.flows()]);
  const bringing = flows.flatMap(({ from, to, twoWay }) => {
    const ends = twoWay === null ? [[from, to]] : [[from, to], [to, from]]; // prettier-ignore
    return ends.flatMap(
      ([one, other]) =>
      other?.connection === hubConnection.name && other.object === entity ? (one?.connection ?? []) : [], // prettier-ignore
    );
  });
  return {
    entity,
    many: entityOf(entity).many,
    ownership: newest?.ownership ?? usualOwnership,
    version: newest?.version ?? 0,
    changed: newest === undefined ? null : { by: newest.by, at: newest.at },
    connections: [...new Set(bringing)].sort(),
  };
}
