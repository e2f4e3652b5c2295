import { company } from "./company.ts";
import { customer } from "./customer.ts";
import { deal } from "./deal.ts";
import type { Entity } from "./entity.ts";
import { file } from "./file.ts";
import { invoice } from "./invoice.ts";
import { entityNames, type EntityName } from "./names.ts";
import { order } from "./order.ts";
import { project } from "./project.ts";
import { task } from "./task.ts";

export { entityNames, type EntityName } from "./names.ts";

/** Every canonical kind of record. A new one is a new file, its name in names.ts and one line here. */
export const entities: Readonly<Record<EntityName, Entity>> = {
  customer,
  company,
  deal,
  order,
  invoice,
  project,
  task,
  file,
};

export const isEntityName = (name: string): name is EntityName =>
  (entityNames as readonly string[]).includes(name);
export const entityOf = (name: EntityName): Entity => entities[name];
