import { customer } from "./customer.ts";
import type { Entity } from "./entity.ts";

/** Every canonical kind of record. A new one is a new file and one line here. */
export const entities = { customer } satisfies Record<string, Entity>;

export type EntityName = keyof typeof entities;
export const entityNames = Object.keys(entities) as EntityName[];
export const isEntityName = (name: string): name is EntityName => Object.hasOwn(entities, name);
export const entityOf = (name: EntityName): Entity => entities[name];
