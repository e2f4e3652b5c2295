import { connectionName } from "#domain/ids.ts";
import { startOnEvent, wakeFlows } from "#operations/runs/start-on-event.ts";
import { expect, test } from "vitest";
import { admin, makeRoom, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const text = `connections:
  shop:
    connector: hubspot
flows:
  told:
    from: books/messages
    to: crm/contacts
    trigger: event
  asked:
    from: books/customers
    to: shop/contacts
`;
const books = connectionName("books");

async function roomWithEvents() {
  const room = await makeRoom();
  const { plans } = await room.perform("workspace.apply", { text, file }, terminal);
  const [told] = plans;
  if (told === undefined) throw new Error("no flow");
  return { ...room, told: told.name };
}

test("what arrives wakes the flows that wait for that object, and no others", async () => {
  const { world, queue, told } = await roomWithEvents();
  await wakeFlows(world, books, ["customers", "invoices"]);
  expect(queue.jobs).toEqual([]);
  await wakeFlows(world, connectionName("crm"), ["messages"]);
  expect(queue.jobs).toEqual([]);
  await wakeFlows(world, books, ["customers", "messages"]);
  expect(queue.jobs).toEqual([{ kind: "event", flow: told }]);
});

test("many events make one run, and one that came while it read makes another after it", async () => {
  const { world, clock, queue, told } = await roomWithEvents();
  expect(await startOnEvent(world, told, clock.now())).toBeNull();
  expect(await startOnEvent(world, told, clock.now())).toBeNull();
  const [run] = await world.runs.list({ flow: told, limit: 5 });
  expect(run).toMatchObject({ trigger: { kind: "event" }, state: { kind: "queued" } });
  expect(await world.runs.list({ flow: told, limit: 5 })).toHaveLength(1);

  const claim = await world.runs.claim(run!.id, clock.now(), 1000);
  await world.runs.turn(run!.id, claim!.epoch, { kind: "running" }, clock.now());
  const again = await startOnEvent(world, told, clock.now());
  expect(again && Temporal.Instant.compare(again, clock.now())).toBe(1);

  const until = clock.now().add({ hours: 5 });
  await world.runs.turn(run!.id, claim!.epoch, { kind: "waiting", reason: "", until }, clock.now());
  expect(await startOnEvent(world, told, clock.now())).toEqual(until.add({ seconds: 2 }));

  await world.runs.turn(run!.id, claim!.epoch, { kind: "done" }, clock.now());
  expect(await startOnEvent(world, told, clock.now())).toBeNull();
  expect(await world.runs.list({ flow: told, limit: 5 })).toHaveLength(2);
  expect(queue.jobs.every(({ kind }) => kind === "run")).toBe(true);
});

test("a paused flow is left alone, and reads what has arrived once it is resumed", async () => {
  const { world, perform, clock, queue, told } = await roomWithEvents();
  await perform("flows.pause", { flow: told }, admin);
  queue.jobs.length = 0;
  await wakeFlows(world, books, ["messages"]);
  expect(await startOnEvent(world, told, clock.now())).toBeNull();
  expect(queue.jobs).toEqual([]);
  await perform("flows.resume", { flow: told }, admin);
  expect(queue.jobs).toContainEqual({ kind: "event", flow: told });
});

test("a flow that no longer waits for events is not started by one", async () => {
  const { world, clock } = await roomWithEvents();
  const asked = (await world.registry.flows()).find(({ name }) => name === "asked");
  expect(await startOnEvent(world, asked!.name, clock.now())).toBeNull();
  expect(await world.runs.list({ limit: 5 })).toEqual([]);
});

test("a flow that goes both ways is woken from either side", async () => {
  const { world, queue, told } = await roomWithEvents();
  const flow = await world.registry.flow(told);
  if (flow === undefined) throw new Error("no flow");
  const { state: _state, version: _version, ...plan } = flow;
  const twoWay = { default: "ask", fields: {} } as const;
  await wakeFlows(world, connectionName("crm"), ["contacts"]);
  expect(queue.jobs).toEqual([]);
  await world.registry.save({ connections: [], flows: [{ ...plan, twoWay }] });
  await wakeFlows(world, connectionName("crm"), ["contacts"]);
  expect(queue.jobs).toEqual([{ kind: "event", flow: told }]);
});
