import { SignInAgain } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import { makeEngine } from "#engine/engine.ts";
import { expect, test } from "vitest";
import { memorySource } from "../support/memory/source.ts";
import { memoryTarget } from "../support/memory/target.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { brought, companies, refersToCompanies, withCompanies } from "./companies.ts";
import { perform, through } from "./performing.ts";

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

test("whom a run has woken is said again where its worker lost the store before it could", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  brought(world, "c1", "firm-9");
  world.source.put("2", person("Bob"));
  const { retry } = world.ports.runs;
  world.ports.runs.retry = async (...asked) => {
    world.ports.runs.retry = retry;
    await retry(...asked);
    throw new Error("the connection was lost");
  };
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  await expect(engine.perform(id)).rejects.toThrow("the connection was lost");

  const { woken } = await engine.perform(id);
  expect(woken).toHaveLength(1);
  await through(world, woken[0] ?? id, engine);
  expect(world.letters("open")).toEqual([]);
});

test("what a run has brought before somebody cancelled it wakes others too", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  brought(world, "c1", "firm-9");
  world.source.put("2", person("Bob"));
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = async (page) => {
    await commit(page);
    await world.ports.runs.cancel(id, "U1", world.clock.now());
    world.clock.pass(20_000);
    await world.clock.sleep(10_000, new AbortController().signal);
  };
  const { woken } = await makeEngine(world.ports).perform(id);
  expect(world.run(id).state.kind).toBe("cancelled");
  expect(woken).toHaveLength(1);
});

test("what arrives after a run has looked for it, and before it says that it waits, is not waited for", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = (page) => {
    // Its run has ended before this is stored: it saw nobody waiting.
    brought(world, "c1", "firm-9");
    return commit(page);
  };
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const { woken } = await engine.perform(id);
  expect(world.letters("retrying")).toHaveLength(1);
  expect(woken).toHaveLength(1);
  expect(await engine.perform(woken[0] ?? id)).toEqual({ again: null, woken: [] });
  expect(world.letters("retrying")).toEqual([]);
  expect(world.target.live().map(({ fields }) => fields["company"])).toEqual(["firm-9"]);
});

test("a retry that could not try it is not followed by another one", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  brought(world, "c1", "firm-9");
  world.target.fault = () => new SignInAgain("the sign-in is over");
  const run = await perform(world, { kind: "retry", letters: world.openLetters() });
  expect(run.state.kind).toBe("failed");
  expect([...world.memory.runs.values()].filter(({ work }) => work.kind === "retry")).toHaveLength(1); // prettier-ignore
  expect(world.letters("open")).toHaveLength(1);
});

test("what was at the target already wakes others once it is linked", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  brought(world, "c1", "firm-9");
  world.target.put(person("Bob"));
  world.source.put("2", person("Bob"));
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const engine = makeEngine(world.ports);
  const { woken } = await engine.perform(id);
  expect(world.run(id).counts).toMatchObject({ created: 0, unchanged: 1 });
  expect(woken).toHaveLength(1);
  await through(world, woken[0] ?? id, engine);
  expect(world.letters("open")).toEqual([]);
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

/** The companies' own ends, so that their flow can really run; the people's flow pulls along. */
function withRealCompanies(world: World) {
  withCompanies(world);
  world.memory.flows.set(world.flow().name, { ...world.flow(), pull: ["company"] });
  const source = memorySource();
  const target = memoryTarget(world.clock);
  const { openFlow } = world.ports;
  Object.assign(world.ports, {
    async openFlow(flow: Flow) {
      const ends = await openFlow();
      return flow.name === companies ? { ...ends, source, target } : ends;
    },
  });
  return { source, target };
}
const runsOf = ({ memory }: World, flow: string) =>
  [...memory.runs.values()].filter((run) => run.flow === flow);

test("what is missing is brought along first where the flow says so, and nothing ever waits", async () => {
  const world = makeWorld();
  const { source, target } = withRealCompanies(world);
  for (const key of ["c1", "c2", "c3"]) source.put(key, { name: `Firm ${key}`, email: `${key}@x.example` }); // prettier-ignore
  world.source.put("1", person("Ada", { company: "c1" }));
  world.source.put("2", person("Bob", { company: "c2" }));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, created: 2, deadLettered: 0 });
  expect(world.letters()).toEqual([]);
  const ids = new Map(target.live().map(({ id, fields }) => [fields["name"], id]));
  expect([...ids.keys()]).toEqual(["Firm c1", "Firm c2"]);
  expect(world.target.live().map(({ fields }) => fields["company"])).toEqual([ids.get("Firm c1"), ids.get("Firm c2")]); // prettier-ignore
  expect(runsOf(world, companies)).toMatchObject([
    { state: { kind: "done" }, work: { kind: "bring", keys: ["c1", "c2"] }, counts: { read: 2, created: 2 } },
  ]); // prettier-ignore
  await perform(world, { kind: "sync", full: true, approved: null });
  expect(runsOf(world, companies)).toHaveLength(1);
});

test("where the other flow is busy its run is left for later, and the record goes by itself then", async () => {
  const world = makeWorld();
  const { source } = withRealCompanies(world);
  source.put("c1", { name: "Firm", email: "f@x.example" });
  world.source.put("1", person("Ada", { company: "c1" }));
  const busy = await world.ports.runs.bring(companies, [], { kind: "schedule" }, world.clock.now());
  await world.ports.runs.claim(busy.id, world.clock.now(), 60_000);
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const { woken } = await engine.perform(id);
  expect(world.letters("open")).toHaveLength(1);
  expect(woken).toHaveLength(1);

  await world.ports.runs.cancel(busy.id, "U1", world.clock.now());
  world.clock.pass(60_000);
  const [left = id] = woken;
  const next = await engine.perform(left);
  await through(world, next.woken[0] ?? id, engine);
  expect(world.letters("open")).toEqual([]);
  expect(world.target.live()).toHaveLength(1);
});

test("two flows that pull each other's records along come to rest", async () => {
  const world = makeWorld();
  const { source, target } = withRealCompanies(world);
  const flow = world.memory.flows.get(companies);
  if (flow === undefined) throw new Error("no flow");
  world.memory.flows.set(companies, { ...flow, pull: ["company"] });
  source.references = { company: "contacts" };
  target.references = { company: "customers" };
  source.put("c1", { name: "Firm", email: "f@x.example", company: "1" });
  world.source.put("1", person("Ada", { company: "c1" }));
  await perform(world);
  expect(runsOf(world, companies)).toHaveLength(1);
  expect(
    world
      .letters("open")
      .map(({ key }) => key)
      .toSorted(),
  ).toEqual(["1", "c1"]);
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
