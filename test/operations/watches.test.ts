import { Mistake, Unavailable } from "#domain/errors.ts";
import { connectionName } from "#domain/ids.ts";
import { endWatches, keepWatches } from "#operations/connections/watches.ts";
import { reschedule } from "#operations/schedules.ts";
import { expect, test } from "vitest";
import { admin, makeRoom, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const books = connectionName("books");
const text = `connections:
  shop:
    connector: hubspot
  mail:
    connector: hubspot
flows:
  told:
    from: books/customers
    to: shop/contacts
    match: [email]
    trigger: event
  sent:
    from: books/messages
    to: mail/contacts
    trigger: event
`;

/** A flow that waits for what QuickBooks tells, where QuickBooks can be asked by us. */
async function roomThatWaits(flows = text) {
  const room = await makeRoom();
  const { world, tools, clock } = room;
  tools.watching.now = () => clock.now();
  const facts = tools.facts("quickbooks");
  facts?.objects.forEach((object) => void (object.name === "customers" && Object.assign(object, { events: true }))); // prettier-ignore
  Object.assign(facts?.hooks ?? {}, { watched: ["customers"] });
  await room.perform("workspace.apply", { text: flows, file }, terminal);
  const watch = async () => (await world.watches.of(books))[0];
  return { ...room, watching: tools.watching, watch };
}

test("a flow that waits asks its tool soon, at an address of its own", async () => {
  const { world, queue, watching, watch } = await roomThatWaits();
  expect(queue.jobs).toContainEqual({ kind: "watch" });
  await keepWatches(world);
  expect(watching.asked).toEqual(["make customers//"]);
  const [url = ""] = watching.there.values();
  expect(url).toMatch(/^https:\/\/tieline\.example\/hooks\/[\w-]{43}$/);
  const found = await world.hooks.find(url.split("/").at(-1) ?? "");
  expect(await watch()).toMatchObject({ address: found?.address, state: { kind: "made" } });
  await keepWatches(world);
  expect(watching.asked).toHaveLength(1);
});

test("one that lasts a week is prolonged at half of it, and one that is gone is made again", async () => {
  const { world, clock, watching, watch } = await roomThatWaits();
  watching.lasts = Temporal.Duration.from({ hours: 168 });
  await keepWatches(world);
  clock.pass(83 * 3_600_000);
  await keepWatches(world);
  expect(watching.asked).toEqual(["make customers//"]);
  clock.pass(3_600_000);
  await keepWatches(world);
  expect(watching.asked.slice(1)).toEqual(["prolong 1"]);
  const ends = clock.now().add({ hours: 168 });
  expect(await watch()).toMatchObject({ state: { hook: { id: "1", expires: ends } } });

  watching.there.clear();
  clock.pass(84 * 3_600_000);
  await keepWatches(world);
  expect(watching.asked.slice(2)).toEqual(["prolong 1", "make customers//", "end 1"]);
  expect(await watch()).toMatchObject({ state: { hook: { id: "2" } } });
});

test("where none can be prolonged another one follows it, and is there before the first goes", async () => {
  const { world, clock, watching, watch } = await roomThatWaits();
  watching.lasts = Temporal.Duration.from({ hours: 24 });
  watching.prolongs = false;
  await keepWatches(world);
  const before = await watch();
  clock.pass(12 * 3_600_000);
  // What is refused leaves what there is.
  watching.refuses = new Unavailable("QuickBooks does not answer");
  await keepWatches(world);
  expect(await watch()).toEqual(before);
  watching.refuses = null;
  await keepWatches(world);
  expect(watching.asked.slice(-2)).toEqual(["make customers//", "end 1"]);
  expect([...watching.there.keys()]).toEqual(["2"]);
  expect((await watch())?.address).not.toBe(before?.address);
  expect(await world.hooks.learned(before!.address)).toEqual([]);
});

test("what a tool refuses is said, tried again later, and the flow is read meanwhile", async () => {
  const { world, perform, watching, watch } = await roomThatWaits();
  watching.refuses = new Mistake("QuickBooks refuses the webhook: too many.");
  await keepWatches(world);
  expect(await watch()).toMatchObject({ state: { kind: "refused" } });
  const { told } = await perform("flows.get", { flow: "told" }, admin);
  expect(told).toBe("QuickBooks refuses the webhook: too many. Until then changes are found once an hour."); // prettier-ignore
  watching.refuses = null;
  await keepWatches(world);
  expect(await watch()).toMatchObject({ state: { kind: "made" } });
  expect((await perform("flows.get", { flow: "told" }, admin)).told).toBe(
    "QuickBooks tells us when something changes; once an hour it is read as well, for what was not told.",
  );
});

test("without an address that a tool can call nothing is asked, and that is said", async () => {
  const { world, perform, watching } = await roomThatWaits();
  world.about.publicUrl = () => "http://127.0.0.1:3000";
  await keepWatches(world);
  expect(watching.asked).toEqual([]);
  const { told } = await perform("flows.get", { flow: "told" }, admin);
  expect(told).toBe("QuickBooks cannot reach us: PUBLIC_URL is not set to an address that it could call. Until then changes are found once an hour."); // prettier-ignore
});

test("under another address of ours each is made anew", async () => {
  const { world, watching } = await roomThatWaits();
  await keepWatches(world);
  world.about.publicUrl = () => "https://new.example";
  await keepWatches(world);
  expect(watching.asked.slice(1)).toEqual(["end 1", "make customers//"]);
  expect([...watching.there.values()][0]).toMatch(/^https:\/\/new\.example\//);
});

test("nobody waits any more: it is ended, or at the latest with its connection", async () => {
  const { world, perform, watching } = await roomThatWaits();
  await keepWatches(world);
  const by = text.replace("trigger: event", 'trigger: { cron: "0 * * * *" }');
  await perform("workspace.apply", { text: by, file }, terminal);
  watching.refuses = new Unavailable("QuickBooks does not answer");
  await keepWatches(world);
  expect(await world.watches.of(books)).toHaveLength(1);
  watching.refuses = null;
  await keepWatches(world);
  expect(await world.watches.of(books)).toEqual([]);
  expect(watching.there.size).toBe(0);

  await perform("workspace.apply", { text, file }, terminal);
  await keepWatches(world);
  expect(watching.there.size).toBe(1);
  await endWatches(world, (await world.registry.connection(books))!);
  expect(watching.there.size).toBe(0);
});

test("a flow that waits is read once an hour as well, but not what is only ever sent to us", async () => {
  const { world, queue } = await roomThatWaits();
  await reschedule(world);
  const scheduled = queue.entries.flatMap(({ job, cron }) => (job.kind === "schedule" ? [[job.flow, cron]] : [])); // prettier-ignore
  expect(scheduled).toContainEqual(["told", expect.stringMatching(/^\d+ \* \* \* \*$/)]);
  expect(scheduled.map(([name]) => name)).not.toContain("sent");
  expect(queue.entries).toContainEqual({ job: { kind: "watch" }, cron: "23 * * * *", zone: "UTC" });
});
