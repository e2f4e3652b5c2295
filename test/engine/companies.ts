import { connectionName, flowName } from "#domain/ids.ts";
import type { World } from "../support/memory/world.ts";

export const companies = flowName("companies");

/** The flow of people refers to companies, which another flow brings from the same crm to the same books. */
export function withCompanies(world: World): void {
  world.memory.flows.set(companies, {
    ...world.flow(),
    name: companies,
    from: { connection: connectionName("crm"), object: "companies" },
    to: { connection: connectionName("books"), object: "firms" },
  });
  refersToCompanies(world);
}

export function refersToCompanies({ source, target }: World): void {
  source.references = { company: "companies" };
  target.references = { company: "firms" };
}

export const brought = ({ memory }: World, key: string, id: string): void => {
  const links = memory.links.get(companies) ?? new Map();
  memory.links.set(companies, links);
  links.set(key, { key, id, version: null, hash: "h", base: {} });
};
