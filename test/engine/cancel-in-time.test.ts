import { expect, test } from "vitest";
import type { Flow } from "#domain/flow.ts";
import type { Target } from "#domain/ports/tools.ts";
import { makeEngine } from "#engine/engine.ts";
import { memorySource } from "../support/memory/source.ts";
import { memoryTarget } from "../support/memory/target.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { companies, withCompanies } from "./companies.ts";
import { changes, perform, through } from "./performing.ts";

const bulk = { kind: "retry", letters: [], bulk: { incident: null, taken: 0 } } as const;
const promisedMs = 5_000;

/** Forty dead letters whose target would take them now. */
async function withLetters(): Promise<World> {
  const world = makeWorld();
  const sameName = { class: "rejected", field: "name", code: "6240", message: "Taken" } as const;
  world.target.refuse = ({ name }) => (String(name).startsWith("P") ? sameName : null);
  for (let n = 0; n < 40; n += 1) {
    world.source.put(`P${n}`, person(`P${n}`));
    if (n % 10 === 9) await perform(world);
  }
  expect(world.letters("open")).toHaveLength(40);
  Object.assign(world.target, { batch: 1, refuse: () => null });
  return world;
}

type Tool = Pick<Target, "repeat"> & { endpoint?: boolean; answersAfterMs: number };

/** It does what it is sent at once, and answers later. Tells when anything left for it. */
function slowly({ clock }: World, target: World["target"], { answersAfterMs, ...tool }: Tool) {
  const left: number[] = [];
  const { send } = target;
  Object.assign(target, tool);
  target.send = async (request, calls, heard) => {
    calls.throwIfAborted();
    left.push(clock.ms());
    const sent = await send(request, calls, heard);
    await clock.sleep(answersAfterMs, calls);
    return sent;
  };
  return { left, hurry: () => void (target.send = send) };
}

/** Retries all, and does something to the run so long after it has begun. */
async function stopped(world: World, afterMs: number, how: "cancel" | "pause") {
  const { ports, clock } = world;
  const { id } = await world.queue(bulk);
  const performing = makeEngine(ports).perform(id);
  await clock.sleep(afterMs, new AbortController().signal);
  const at = clock.ms();
  if (how === "cancel") await ports.runs.cancel(id, "U3", clock.now());
  else await ports.runs.pause(id, "U3");
  await performing;
  return { id, at, tookMs: clock.ms() - at };
}

const tools: readonly Omit<Tool, "answersAfterMs">[] = [
  { repeat: "request_id" },
  { repeat: "upsert" },
  { repeat: "lookup" },
  { repeat: "nothing" },
  { repeat: "request_id", endpoint: true },
];
// While the first one is under way, just before an answer and just after it, and among the ten.
const moments = [50, 990, 19_100, 20_050, 41_300];

test.each(tools)("at a target that takes 20 s for an answer it is cancelled within 5, and nothing leaves after that: %o", async (tool) => {
  for (const afterMs of moments) {
    const world = await withLetters();
    const { left, hurry } = slowly(world, world.target, { ...tool, answersAfterMs: 20_000 });
    const { id, at, tookMs } = await stopped(world, afterMs, "cancel");
    expect(world.run(id)).toMatchObject({ state: { kind: "cancelled", by: "U3" } });
    expect({ afterMs, inTime: tookMs <= promisedMs }).toEqual({ afterMs, inTime: true });
    expect(Math.max(...left) - at).toBeLessThanOrEqual(1_000);
    expect(world.letters("retrying")).toEqual([]);

    // What was under way is found out by whoever has the flow next; of what cannot tell, people are asked.
    hurry();
    const sent = left.length;
    await perform(world, changes);
    expect(world.memory.intents).toEqual([]);
    expect(left).toHaveLength(sent);
    const inDoubt = world.letters("open").filter(({ problem }) => problem.class === "ambiguous_write"); // prettier-ignore
    expect(inDoubt.length > 0).toBe(tool.repeat === "nothing");
    expect(world.letters("written").length + inDoubt.length).toBe(sent);
    await perform(world, bulk);
    expect(world.letters("open").length).toBe(inDoubt.length);
    const names = world.target.live().map(({ fields }) => fields["name"]);
    expect([names.length, new Set(names).size]).toEqual([40, 40]);
  }
}); // prettier-ignore

test("at one that answers soon, however much of a page is left, nothing leaves once it is known", async () => {
  const world = await withLetters();
  const { left } = slowly(world, world.target, { repeat: "nothing", answersAfterMs: 400 });
  const { id, at, tookMs } = await stopped(world, 4_500, "cancel");
  expect(world.run(id).state.kind).toBe("cancelled");
  expect(tookMs).toBeLessThanOrEqual(1_400);
  expect(Math.max(...left) - at).toBeLessThanOrEqual(1_000);
  // All that was sent is heard of.
  expect(world.memory.intents).toEqual([]);
  expect(world.letters("written")).toHaveLength(left.length);
});

test("a pause waits for one that could not say later, and sends nothing more either", async () => {
  const world = await withLetters();
  const { left } = slowly(world, world.target, { repeat: "nothing", answersAfterMs: 20_000 });
  const { id, at } = await stopped(world, 20_050, "pause");
  expect(world.run(id).state.kind).toBe("paused");
  expect(Math.max(...left) - at).toBeLessThanOrEqual(1_000);
  expect(world.memory.intents).toEqual([]);
  expect(world.letters("written")).toHaveLength(left.length);
});

test("who cancels while a pause waits for such a one does not wait", async () => {
  const world = await withLetters();
  const { left } = slowly(world, world.target, { repeat: "nothing", answersAfterMs: 20_000 });
  const { clock, ports } = world;
  const { id } = await world.queue(bulk);
  const engine = makeEngine(ports);
  const over = through(world, id, engine);
  await clock.sleep(50, new AbortController().signal);
  await ports.runs.pause(id, "U2");
  await clock.sleep(5_000, new AbortController().signal);
  const at = clock.ms();
  expect(world.run(id).state.kind).toBe("running");
  await ports.runs.cancel(id, "U3", clock.now());
  expect((await over).state).toEqual({ kind: "cancelled", by: "U3" });
  expect(clock.ms() - at).toBeLessThanOrEqual(promisedMs);
  expect(left).toHaveLength(1);
});

test("it waits no longer for what is brought along first, and that sends nothing more either", async () => {
  const world = await withLetters();
  withCompanies(world);
  world.memory.flows.set(world.flow().name, { ...world.flow(), pull: ["company"] });
  const firms = { source: memorySource(), target: memoryTarget(world.clock) };
  firms.target.batch = 1;
  for (let n = 0; n < 40; n += 1) {
    firms.source.put(`c${n}`, { name: `Firm ${n}`, email: `${n}@x.example` });
    world.source.put(`P${n}`, person(`P${n}`, { company: `c${n}` }));
  }
  const { openFlow } = world.ports;
  Object.assign(world.ports, {
    async openFlow(flow: Flow) {
      const ends = await openFlow();
      return flow.name === companies ? { ...ends, ...firms } : ends;
    },
  });
  const { left } = slowly(world, firms.target, { repeat: "lookup", answersAfterMs: 2_000 });
  // One firm for the first record; those of the ten are under way.
  const { id, at, tookMs } = await stopped(world, 5_000, "cancel");
  expect(world.run(id).state).toEqual({ kind: "cancelled", by: "U3" });
  expect(tookMs).toBeLessThanOrEqual(promisedMs);
  expect(Math.max(...left) - at).toBeLessThanOrEqual(1_000);
  const brought = [...world.memory.runs.values()].filter(({ flow }) => flow === companies);
  expect(brought.map(({ state }) => state.kind)).toEqual(["done", "cancelled"]);
});
