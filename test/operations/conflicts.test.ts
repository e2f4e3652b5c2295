import { flowName } from "#domain/ids.ts";
import { expect, test } from "vitest";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { conflictIn } from "./support/deciding.ts";
import { admin, makeRoom, operator, viewer } from "./support/room.ts";

const customers = flowName("customers-to-books");

/** The room's flow, both ways. */
async function bothWays(room: Awaited<ReturnType<typeof makeRoom>>) {
  const flow = await room.world.registry.flow(customers);
  if (flow === undefined) throw new Error("no flow");
  const { state: _state, version: _version, ...plan } = flow;
  const twoWay = { default: "ask", fields: {} } as const;
  await room.world.registry.save({ connections: [], flows: [{ ...plan, twoWay }] });
}

test("what waits is listed, and shown with what each side has", async () => {
  const room = await makeRoom();
  const conflict = conflictIn(room);
  const list = await room.perform("conflicts.list", {}, viewer);
  expect(list).toMatchObject({ conflicts: [{ title: "Ada Lovelace" }], more: false });
  const view = await room.perform("conflicts.show", { conflict: conflict.id }, operator);
  expect(view).toMatchObject({
    title: "Ada Lovelace",
    titles: { from: "HubSpot", to: "QuickBooks" },
    fields: [
      { label: "Phone", base: "+33170189900", source: "+33170189901", target: "+33170189902" },
      { label: "Mobile", base: null, chosen: null },
    ],
  });
  expect(await room.perform("conflicts.of", { flow: customers }, viewer)).toMatchObject({
    total: 1,
    fields: [
      { label: "Phone", count: 1 },
      { label: "Mobile", count: 1 },
    ],
  });
});

test("a choice is kept, written by a run of its own, and the card is told", async () => {
  const room = await makeRoom();
  const conflict = conflictIn(room);
  const { run, conflict: view } = await room.perform(
    "conflicts.choose",
    { conflict: conflict.id, version: 1, choices: { phone: "target" }, all: "source" },
    operator,
  );
  expect(view.conflict).toMatchObject({
    state: { kind: "chosen" },
    choices: { phone: "target", mobile: "source" },
  });
  expect(run).toMatchObject({ flow: customers, work: { kind: "retry", letters: [] } });
  expect(room.queue.jobs).toContainEqual({ kind: "run", run: run.id });
  expect(room.memory.told).toContainEqual({ kind: "conflicts", flow: customers });
});

test("a stale choice says what has happened since, and nothing is kept of it", async () => {
  const room = await makeRoom();
  const { id } = conflictIn(room, { version: 2 });
  const old = { conflict: id, version: 1, all: "source" } as const;
  expect(await room.refusal(room.perform("conflicts.choose", old, operator))).toMatch(
    /One of the sides has changed since you looked/,
  );
  await room.perform("conflicts.choose", { ...old, version: 2 }, admin);
  expect(await room.refusal(room.perform("conflicts.choose", { ...old, version: 2 }, operator))).toMatch(/has decided it/); // prettier-ignore
  const state = { kind: "settled", by: "Tieline", at: room.clock.now(), why: "agreed" } as const;
  const settled = conflictIn(room, { state });
  const late = { conflict: settled.id, version: 1, all: "source" } as const;
  expect(await room.refusal(room.perform("conflicts.choose", late, operator))).toMatch(
    /Both sides agree already/,
  );
});

test.each([
  [{}, /Nothing was chosen/],
  [{ choices: { phonee: "source" } }, /did you mean phone/],
] as const)(
  "a choice that says nothing, or of no such field, is refused: %o",
  async (what, said) => {
    const room = await makeRoom();
    const about = { conflict: conflictIn(room).id, version: 1, ...what };
    expect(await room.refusal(room.perform("conflicts.choose", about, operator))).toMatch(said);
  },
);

test("always this side for this field is a version more of the flow, and an admin's to say", async () => {
  const room = await makeRoom();
  await bothWays(room);
  const about = { version: 1, choices: { phone: "target" }, always: ["phone"] } as const;
  const { id } = conflictIn(room);
  const other = conflictIn(room, { key: "502", target: "78" });
  expect(
    await room.refusal(room.perform("conflicts.choose", { conflict: id, ...about }, operator)),
  ).toMatch(/needs the admin role/);
  await room.perform("conflicts.choose", { conflict: id, ...about }, admin);
  const flow = await room.world.registry.flow(customers);
  expect(flow?.twoWay).toEqual({ default: "ask", fields: { phone: "target" } });
  const alike = await room.world.conflicts.get(other.id);
  expect(alike).toMatchObject({ choices: { phone: "target" }, state: { kind: "chosen" } });
  const [newest] = await room.world.registry.versions(customers);
  expect(newest?.what).toMatch(/phone target/);
});

test("another rule for a flow that goes both ways is for what waits already, too", async () => {
  const room = await makeRoom();
  await bothWays(room);
  conflictIn(room);
  const changed = async (truth: string, guard: string): Promise<number> => {
    const { flow } = await room.perform("flows.get", { flow: customers }, admin);
    const to = { ...flowWords(flow), truth, guard };
    const about = { flow: customers, version: flow.version, to, accept: true };
    const jobs = room.queue.jobs.length;
    expect(await room.perform("flows.change", about, admin)).toMatchObject({ kind: "saved" });
    return room.queue.jobs.slice(jobs).filter(({ kind }) => kind === "run").length;
  };
  expect(await changed("ask", "off")).toBe(0);
  expect(await changed("newest", "off")).toBe(1);
  const [{ id } = { id: undefined }] = [...room.memory.runs.values()].slice(-1);
  expect(room.queue.jobs).toContainEqual({ kind: "run", run: id });
  // Going back to the rule before is another rule again.
  const { versions } = await room.perform("flows.versions", { flow: customers }, viewer);
  const before = room.memory.runs.size;
  await room.perform(
    "flows.use-version",
    { flow: customers, version: versions[1]?.version ?? 0 },
    admin,
  );
  expect(room.memory.runs.size).toBe(before + 1);
});

test("a flow that goes one way, or is removed, leaves nothing open, and its card says why", async () => {
  const room = await makeRoom();
  await bothWays(room);
  const { id } = conflictIn(room);
  const { flow } = await room.perform("flows.get", { flow: customers }, admin);
  const { two_way: _both, truth: _truth, ...to } = flowWords(flow);
  const about = { flow: customers, version: flow.version, to, accept: true };
  expect(await room.perform("flows.change", about, admin)).toMatchObject({ kind: "saved" });

  expect(room.memory.told).toContainEqual({ kind: "conflicts", flow: customers });
  const of = await room.perform("conflicts.of", { flow: customers }, viewer);
  expect(of).toMatchObject({ total: 0, ended: "one_way" });
  const list = await room.perform("conflicts.list", { flow: customers }, viewer);
  expect(list).toEqual({
    conflicts: [],
    more: false,
    oneWay: { from: "HubSpot", to: "QuickBooks" },
  });
  const late = { conflict: id, version: 2, all: "source" } as const;
  expect(await room.refusal(room.perform("conflicts.choose", late, operator))).toMatch(
    /goes one way since .+ changed it, .+ its source counts/,
  );

  room.memory.told.length = 0;
  await room.perform("flows.remove", { flow: customers }, admin);
  expect(room.memory.told).toContainEqual({ kind: "conflicts", flow: customers });
  const after = await room.perform("conflicts.of", { flow: customers }, viewer);
  expect(after).toMatchObject({ total: 0, ended: "removed" });
});
