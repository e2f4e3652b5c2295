import { expect, test } from "vitest";
import type { EventType, NewEvent } from "#domain/event.ts";
import type { End, FlowPlan } from "#domain/flow.ts";
import { connectionName } from "#domain/ids.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import { publishedBy } from "#operations/events/published.ts";
import { handOut } from "#operations/events/hand-out.ts";
import { startOnEvent } from "#operations/runs/start-on-event.ts";
import { admin, makeRoom, operator, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const started = (trigger: string) => `connections:
  shop:
    connector: hubspot
flows:
  onward:
    from: books/customers
    to: shop/contacts
    trigger: ${trigger}
`;

async function roomWith(trigger: string) {
  const room = await makeRoom();
  const { plans, warnings } = await room.perform("workspace.apply", { text: started(trigger), file }, terminal); // prettier-ignore
  for (const type of ["customer.changed", "run.finished"] as const) room.events.types.add(type);
  const onward = plans.find(({ name }) => name === "onward")!.name;
  return { ...room, warnings, onward };
}

const changed = (record: Record<string, string>, more: Partial<NewEvent["data"]> = {}) => ({
  type: "customer.changed" as EventType,
  source: "/flows/customers-to-books",
  subject: "customer_1",
  data: {
    flow: "customers-to-books",
    to: { connection: "hub", object: "customer", id: "customer_1" },
    record,
    ...more,
  },
});

test("an event that another flow told starts the flow that waits for it, once, and where its condition holds", async () => {
  const trigger = "{ event: customer.changed, where: { address.country: { any: [fr, be] } } }";
  const { world, events, queue, clock, onward } = await roomWith(trigger);
  const at = clock.now();
  queue.jobs.length = 0;
  await events.publish(changed({ "address.country": "DE" }), at);
  await events.publish(changed({}), at);
  await handOut(world, at);
  expect(queue.jobs).toEqual([]);
  await events.publish(changed({ "address.country": "FR" }), at);
  await events.publish(changed({ "address.country": "FR", name: "Ada" }), at);
  await handOut(world, at);
  await handOut(world, at);
  expect(queue.jobs).toEqual([{ kind: "event", flow: onward }]);
  await startOnEvent(world, onward, at);
  const [run] = await world.runs.list({ flow: onward, limit: 5 });
  expect(run).toMatchObject({ trigger: { kind: "published" }, state: { kind: "queued" } });
});

test("a flow is not started by what it told itself, nor while it is paused", async () => {
  const { world, events, queue, clock, onward, perform } = await roomWith(
    "{ event: customer.changed }",
  );
  const at = clock.now();
  queue.jobs.length = 0;
  await events.publish(changed({}, { flow: "onward" }), at);
  await handOut(world, at);
  expect(queue.jobs).toEqual([]);
  await perform("flows.pause", { flow: onward }, admin);
  await events.publish(changed({}), at);
  await handOut(world, at);
  expect(queue.jobs.filter(({ kind }) => kind === "event")).toEqual([]);
  await perform("flows.resume", { flow: onward }, admin);
  expect(queue.jobs).toContainEqual({ kind: "event", flow: onward });
});

test("it says everywhere on what it starts, and reads back as it was written", async () => {
  const trigger = "{ event: customer.changed, where: { address.country: fr } }";
  const { perform, warnings } = await roomWith(trigger);
  expect(warnings).toEqual([]);
  const { text } = await perform("workspace.export", {}, admin);
  expect(text).toMatch(/trigger:\s+event: customer\.changed\s+where:\s+address\.country: FR/);
  const again = await perform("workspace.plan", { text, file }, admin);
  expect(again.flows.updated).toEqual([]);
  const { markdown } = await perform("flows.docs", { flow: "onward" }, operator);
  expect(markdown).toContain(
    "It starts when a customer is changed (customer.changed), where address.country = FR, among what Tieline itself tells.",
  );
  const { flows } = await perform("flows.map", {}, operator);
  expect(flows.find(({ name }) => name === "onward")).toMatchObject({
    event: true,
    on: "customer.changed",
  });
});

test("only what flows tell of is offered to start on", async () => {
  const { perform } = await roomWith("manual");
  const { published } = await perform("flows.choices", {}, operator);
  const told = published
    .filter(({ flow }) => flow === "customers-to-books")
    .map(({ event }) => event);
  expect(told).toEqual([
    ...["customer.created", "customer.changed"],
    ...["run.finished", "record.dead_lettered", "connection.broken"],
  ]);
});

const wrong: [string, string, string][] = [
  ["an event there is none of", "{ event: deal.one }", `8:23: nothing here is told as “deal.one”; did you mean deal.gone?`],
  ["a field the entity lacks", "{ event: deal.won, where: { colour: red } }", `8:42: deal.won has no field “colour”; it has title, amount`],
  ["what cannot be asked of it", "{ event: deal.won, where: { status: { more_than: \"3\" } } }", `8:63: more_than does not fit status`],
  ["a value the field does not take", "{ event: deal.won, where: { currency: euros } }", `8:52: currency must be a three-letter currency code`],
  ["a field of our own that is none", "{ event: run.finished, where: { flw: x } }", `8:46: run.finished has no field “flw”; did you mean flow?`],
  ["something else in it", "{ event: deal.won, whre: {} }", `8:33: unknown name “whre”; did you mean where?`],
]; // prettier-ignore

test.each(wrong)("a trigger with %s is refused, where it stands", async (_what, trigger, said) => {
  const { perform, refusal } = await makeRoom();
  const asked = perform("workspace.plan", { text: started(trigger), file }, admin);
  expect(await refusal(asked)).toContain(`${file}:${said}`);
});

test("that nobody tells it is a warning", async () => {
  const { warnings } = await roomWith("{ event: deal.won }");
  expect(warnings).toMatchObject([
    { flow: "onward", message: expect.stringContaining("no other flow tells when a deal is won") },
  ]);
});

const round = (first: string, second: string) => `connections:
  shop: { connector: hubspot }
  yard: { connector: hubspot }
flows:
  one: { from: books/customers, to: shop/contacts, trigger: ${first} }
  two: { from: shop/contacts, to: yard/contacts, trigger: ${second} }
`;
const finished = "{ event: run.finished }";

test("flows that would start one another for ever are refused", async () => {
  const { perform, refusal } = await makeRoom();
  const asked = (first: string, second: string) =>
    perform("workspace.plan", { text: round(first, second), file }, admin);
  expect(await refusal(asked(finished, finished))).toContain(
    "these flows would start one another for ever: two → one → two",
  );
  const other = "{ event: run.finished, where: { flow: customers-to-books } }";
  expect((await asked(other, finished)).plans).toHaveLength(2);
});

const objects = { deals: "deal", deal: "deal", invoices: "invoice" } as const;
const facts = (fields: readonly string[]) => (end: End) =>
  ({ entity: objects[end.object as keyof typeof objects], fields }) as unknown as ObjectFacts;
const end = (connection: string, object: string): End => ({ connection: connectionName(connection), object }); // prettier-ignore

test.each<[string, End, End, readonly string[], boolean]>([
  ["writes deals", end("crm", "deals"), end("hub", "deal"), ["status"], true],
  ["makes invoices of deals", end("crm", "deals"), end("books", "invoices"), ["status"], true],
  ["brings deals out of the hub, which were told of as they came in", end("hub", "deal"), end("crm", "deals"), ["status"], false],
  ["knows no status", end("crm", "deals"), end("books", "invoices"), ["title"], false],
])("that a deal is won is told by a flow that %s: %s", (_what, from, to, fields, tells) => {
  const plan = { from, to, twoWay: null, deletes: "ignore" } as unknown as FlowPlan;
  expect(publishedBy(plan, facts(fields)).includes("deal.won")).toBe(tells);
}); // prettier-ignore
