import { connectionName, flowName } from "#domain/ids.ts";
import { makeEngine } from "#engine/engine.ts";
import { expect, test } from "vitest";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { perform, through } from "./performing.ts";

const companies = flowName("companies");

/** The flow of people refers to companies, which another flow brings from the same crm to the same books. */
function withCompanies(world: World): void {
  world.memory.flows.set(companies, {
    ...world.flow(),
    name: companies,
    from: { connection: connectionName("crm"), object: "companies" },
    to: { connection: connectionName("books"), object: "firms" },
  });
  refersToCompanies(world);
}

function refersToCompanies({ source, target }: World): void {
  source.references = { company: "companies" };
  target.references = { company: "firms" };
}

const brought = ({ memory }: World, key: string, id: string): void => {
  const links = memory.links.get(companies) ?? new Map();
  memory.links.set(companies, links);
  links.set(key, { key, id, version: null, hash: "h", base: {} });
};

test("a reference is written as the target knows the record it leads to", async () => {
  const world = makeWorld();
  withCompanies(world);
  brought(world, "c1", "firm-9");
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  expect([...world.target.rows.values()][0]?.fields).toMatchObject({ company: "firm-9" });
});

test("a flow that goes the other way tells it too", async () => {
  const world = makeWorld();
  withCompanies(world);
  const flow = world.memory.flows.get(companies);
  if (flow === undefined) throw new Error("no flow");
  world.memory.flows.set(companies, { ...flow, from: flow.to, to: flow.from });
  brought(world, "firm-9", "c1");
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  expect([...world.target.rows.values()][0]?.fields).toMatchObject({ company: "firm-9" });
});

test("what has not arrived yet is waited for, and the record goes by itself once it has", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  const run = await perform(world);
  expect(run.counts).toMatchObject({ read: 1, created: 0, deadLettered: 1 });
  expect(world.letters("open")[0]?.problem).toMatchObject({
    class: "missing_reference",
    field: "company",
    message: expect.stringContaining("c1 of crm/companies, which is not in books/firms yet") as string, // prettier-ignore
  });
  // The dead letter keeps what the source said, so that its reference can be looked up again.
  expect(world.letters("open")[0]?.fields).toMatchObject({ company: "c1" });

  brought(world, "c1", "firm-9");
  world.source.put("2", person("Bob"));
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const { woken } = await engine.perform(id);
  expect(woken).toHaveLength(1);
  await through(world, woken[0] ?? id, engine);
  expect(world.letters("open")).toEqual([]);
  const ada = [...world.target.rows.values()].find(({ fields }) => fields["name"] === "Ada");
  expect(ada?.fields).toMatchObject({ company: "firm-9" });
});

test("a run that brought nothing wakes nobody", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "sync", full: true, approved: null });
  expect(await engine.perform(id)).toEqual({ again: null, woken: [] });
});

test("where no flow brings them, a reference is left out; what cannot be made without it says so", async () => {
  const world = makeWorld();
  refersToCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  expect([...world.target.rows.values()][0]?.fields["company"]).toBeUndefined();

  const strict = makeWorld();
  refersToCompanies(strict);
  strict.target.needs = ["company"];
  strict.source.put("1", person("Ada", { company: "c1" }));
  await perform(strict);
  expect(strict.letters("open")[0]?.problem.message).toBe(
    "This refers to c1 of crm/companies, and no flow brings those to books/firms",
  );
});

test("a second run over references writes nothing", async () => {
  const world = makeWorld();
  withCompanies(world);
  brought(world, "c1", "firm-9");
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  const run = await perform(world, { kind: "sync", full: true, approved: null });
  expect(run.counts).toMatchObject({ read: 1, unchanged: 1, updated: 0 });
});
