import { expect, test } from "vitest";
import type { Event } from "#domain/event.ts";
import { connectionName } from "#domain/ids.ts";
import { deliver } from "#operations/deliveries/deliver.ts";
import { admin, makeRoom, operator, terminal, viewer, type Room } from "./support/room.ts";

const books = connectionName("books");
const never = new AbortController().signal;

const won = ({ clock }: Room, subject = "1"): Event => ({
  id: `event-${subject}`,
  type: "deal.won",
  source: "/flows/deals",
  subject,
  data: { flow: "deals", record: { title: "Pier 7" } },
  at: clock.now(),
});
const sending = ({ world, clock }: Room, fraction = 0) =>
  deliver({ ...world, clock, chance: { fraction: () => fraction } }, never);
const later = (room: Room, time: Temporal.DurationLike) =>
  room.clock.pass(Temporal.Duration.from(time).total("milliseconds"));
const stateOf = ({ deliveries }: Room) => deliveries.kept.map(({ state }) => state);

test("what is due is sent once, and taken", async () => {
  const room = await makeRoom();
  room.deliveries.put("books", won(room, "1"));
  room.deliveries.put("books", won(room, "2"));
  expect(await sending(room)).toBeNull();
  expect(room.tools.told.map(({ subject }) => subject).toSorted()).toEqual(["1", "2"]);
  expect(await sending(room)).toBeNull();
  expect(room.tools.told).toHaveLength(2);
  const { deliveries } = await room.perform("deliveries.list", { connection: "books" }, operator);
  expect(deliveries[0]).toMatchObject({ state: "delivered", attempts: [{ status: 204 }] });
});

const schedule = [
  ...[{ seconds: 5 }, { minutes: 5 }, { minutes: 30 }, { hours: 2 }, { hours: 5 }],
  ...[{ hours: 10 }, { hours: 14 }, { hours: 20 }, { hours: 24 }],
];

test("what is not taken is tried again as the specification says, under the same id, then given up", async () => {
  const room = await makeRoom();
  room.tools.taken = { status: 500, answer: "No", waitMs: null };
  room.deliveries.put("books", won(room));
  for (const wait of schedule) {
    const began = room.clock.now();
    expect(await sending(room)).toEqual(began.add(wait));
    later(room, wait);
  }
  expect(await sending(room)).toBeNull();
  expect(room.tools.told.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, () => "event-1"));
  expect(stateOf(room)).toEqual(["failed"]);
  expect(room.deliveries.kept[0]?.attempts).toHaveLength(10);
});

test("what failed together does not come back together", async () => {
  const room = await makeRoom();
  room.tools.taken = { status: null, answer: "No answer came in time", waitMs: null };
  room.deliveries.put("books", won(room));
  const at = room.clock.now();
  expect(await sending(room, 0.5)).toEqual(at.add({ milliseconds: 5250 }));
});

test.each([
  ["says so", 429, 90_000, { seconds: 90 }],
  ["does not say how long", 503, null, { seconds: 30 }],
  ["asks for days", 502, 9e9, { hours: 1 }],
])("who asks to be told more slowly and %s is left alone for a while", async (_what, status, waitMs, pause) => {
  const room = await makeRoom();
  const at = room.clock.now();
  room.tools.taken = { status, answer: "", waitMs };
  room.deliveries.put("books", won(room, "1"));
  expect(await sending(room)).toEqual(at.add(pause));
  room.deliveries.put("books", won(room, "2"));
  await sending(room);
  expect(room.tools.told).toHaveLength(1);
}); // prettier-ignore

test("who is gone for good is switched off at once, with one card, and on again by a click", async () => {
  const room = await makeRoom();
  const { perform, queue, memory } = room;
  room.tools.taken = { status: 410, answer: "", waitMs: null };
  for (const subject of ["1", "2", "3"]) room.deliveries.put("books", won(room, subject));
  expect(await sending(room)).toBeNull();
  const view = await perform("deliveries.list", { connection: "books" }, operator);
  expect(view.endpoint).toMatchObject({ kind: "off", reason: expect.stringContaining("410") });
  const cards = () => [...memory.outbox.values()].filter(({ subject }) => subject.kind === "endpoint"); // prettier-ignore
  expect(cards()).toHaveLength(1);

  room.deliveries.put("books", won(room, "4"));
  const asked = { connection: "books", delivery: "delivery-1" };
  expect(await room.refusal(perform("deliveries.replay", asked, operator))).toContain(
    "books is switched off",
  );
  room.tools.taken = { status: 200, answer: "", waitMs: null };
  room.tools.told.length = 0;
  expect(await sending(room)).toBeNull();
  expect(room.tools.told).toEqual([]);
  await perform("deliveries.switch-on", { connection: "books" }, operator);
  expect(queue.jobs).toContainEqual({ kind: "deliver" });
  await sending(room);
  expect(room.tools.told.map(({ subject }) => subject)).toContain("4");
  await perform("deliveries.replay", asked, operator);
  await sending(room);
  expect(room.tools.told.map(({ subject }) => subject)).toContain("1");
});

test("who has taken nothing for five days is switched off; one success begins the days anew", async () => {
  const room = await makeRoom();
  const fails = async (subject: string) => {
    room.tools.taken = { status: 500, answer: "", waitMs: null };
    room.deliveries.put("books", won(room, subject));
    await sending(room);
  };
  const kind = async () =>
    (await room.world.deliveries.endpoint({ connection: books, subscription: null })).kind;
  await fails("1");
  later(room, { hours: 119 });
  room.tools.taken = { status: 200, answer: "", waitMs: null };
  await sending(room);
  await fails("2");
  later(room, { hours: 119 });
  await fails("3");
  expect(await kind()).toBe("on");
  later(room, { hours: 1 });
  await fails("4");
  expect(await kind()).toBe("off");
});

async function roomWithZap() {
  const room = await makeRoom();
  const asked = { event: "deal.won", url: "https://hooks.zapier.com/hooks/standard/1/a/" };
  const { id } = (await room.world.subscriptions.add(books, asked, room.clock.now()))!;
  return { ...room, zap: id, standing: () => room.world.deliveries.endpoint({ connection: books, subscription: id }) }; // prettier-ignore
}

test("a Zap that says it is gone asks no more, and nothing else is switched off", async () => {
  const room = await roomWithZap();
  room.deliveries.put("books", won(room, "1"), room.zap);
  room.tools.taken = { status: 410, answer: "", waitMs: null };
  expect(await sending(room)).toBeNull();
  expect(stateOf(room)).toEqual(["failed"]);
  expect(await room.world.subscriptions.all(books)).toEqual([]);
  expect(await room.world.deliveries.endpoint({ connection: books, subscription: null })).toEqual({ kind: "on", failingSince: null }); // prettier-ignore
  expect([...room.memory.outbox.values()].filter(({ subject }) => subject.kind === "endpoint")).toEqual([]); // prettier-ignore
});

test("a Zap that takes nothing for days is switched off alone, with a card of its own, and on again", async () => {
  const room = await roomWithZap();
  const { perform, zap } = room;
  room.tools.taken = { status: 500, answer: "", waitMs: null };
  room.deliveries.put("books", won(room, "1"), zap);
  await sending(room);
  later(room, { hours: 120 });
  await sending(room);
  expect(await room.standing()).toMatchObject({ kind: "off", reason: expect.stringContaining("5 days") }); // prettier-ignore
  expect([...room.memory.outbox.values()].map(({ subject }) => subject)).toContainEqual({ kind: "endpoint", connection: "books", subscription: zap }); // prettier-ignore
  const card = await perform("deliveries.list", { connection: "books", subscription: zap }, operator); // prettier-ignore
  expect(card).toMatchObject({ subscriber: { id: zap, event: "deal.won" }, endpoint: { kind: "off" }, counts: { waiting: 1 } }); // prettier-ignore
  const asked = { connection: "books", delivery: "delivery-1" };
  expect(await room.refusal(perform("deliveries.replay", asked, operator))).toContain(`${zap} of books is switched off`); // prettier-ignore

  // The connection's own address goes on meanwhile.
  room.tools.taken = { status: 204, answer: "", waitMs: null };
  room.deliveries.put("books", won(room, "2"));
  await sending(room);
  expect(stateOf(room)).toEqual(["waiting", "delivered"]);
  await perform("deliveries.switch-on", { connection: "books", subscription: zap }, operator);
  await sending(room);
  expect(stateOf(room)).toEqual(["delivered", "delivered"]);
  expect((await perform("hooks.show", { connection: "books" }, operator)).subscribers).toMatchObject([{ id: zap, endpoint: { kind: "on" } }]); // prettier-ignore
  const gone = perform("deliveries.switch-on", { connection: "books", subscription: "sub_9" }, operator); // prettier-ignore
  expect(await room.refusal(gone)).toContain("Nobody asks books to be told by this subscription any more"); // prettier-ignore
});

test("what an answer says is kept short, on one line and without keys", async () => {
  const room = await makeRoom();
  const key = "sk_live_51HxT2eZvKYlo2C0aZvKYlo2";
  room.tools.taken = { status: 400, answer: `<b>Bad</b>\nkey ${key} ${"x ".repeat(500)}`, waitMs: null }; // prettier-ignore
  room.deliveries.put("books", won(room));
  await sending(room);
  const answer = room.deliveries.kept[0]?.attempts[0]?.answer ?? "";
  expect(answer).toMatch(/^Bad key \[secret\] x x/);
  expect(answer.length).toBeLessThanOrEqual(200);
});

test("a time is planned first, then all of it is sent once more", async () => {
  const room = await makeRoom();
  const { perform } = room;
  for (const subject of ["1", "2", "3"]) {
    room.deliveries.put("books", won(room, subject));
    later(room, { minutes: 10 });
  }
  await sending(room);
  const to = room.clock.now();
  const asked = { connection: "books", from: to.subtract({ minutes: 25 }).toString(), to: to.toString() }; // prettier-ignore
  expect(await perform("deliveries.plan", asked, operator)).toMatchObject({ count: 2 });
  expect(stateOf(room)).toEqual(["delivered", "delivered", "delivered"]);
  expect(await perform("deliveries.replay", asked, operator)).toMatchObject({ replayed: 2 });
  room.tools.told.length = 0;
  await sending(room);
  expect(room.tools.told.map(({ subject }) => subject).toSorted()).toEqual(["2", "3"]);
});

test("a time is read in the zone of the workspace", async () => {
  const room = await makeRoom();
  room.deliveries.put("books", won(room));
  const { zone } = (await room.world.settings.get()).digest;
  const local = room.clock.now().toZonedDateTimeISO(zone).toPlainDateTime();
  const text = (one: Temporal.PlainDateTime) => one.toString({ smallestUnit: "minute" }).replace("T", " "); // prettier-ignore
  const asked = { from: text(local.subtract({ minutes: 1 })), to: text(local.add({ minutes: 1 })) };
  const plan = await room.perform("deliveries.plan", { connection: "books", ...asked }, operator);
  expect(plan.count).toBe(1);
});

const wrong: [string, (now: Temporal.Instant) => { from?: string; to?: string; delivery?: string }, string][] = [
  ["one that has expired", (now) => ({ from: now.subtract({ hours: 31 * 24 }).toString(), to: now.toString() }), "Deliveries are kept for 30 days, so nothing from before"],
  ["one that ends before it begins", (now) => ({ from: now.toString(), to: now.subtract({ hours: 1 }).toString() }), "ends before it begins"],
  ["one in which there was nothing", (now) => ({ from: now.subtract({ hours: 9 }).toString(), to: now.subtract({ hours: 8 }).toString() }), "Nothing was to be sent to books from"],
  ["one that is no time", () => ({ from: "yesterday", to: "today" }), "“yesterday” is not a time; write it as 2026-11-25 14:00."],
  ["a delivery that is gone", () => ({ delivery: "d9" }), "This delivery is not kept any more"],
]; // prettier-ignore

test.each(wrong)(
  "%s is refused in one sentence, and nothing is sent",
  async (_what, asked, said) => {
    const room = await makeRoom();
    room.deliveries.put("books", won(room));
    await sending(room);
    const about = { connection: "books", ...asked(room.clock.now()) };
    expect(await room.refusal(room.perform("deliveries.plan", about, operator))).toContain(said);
    expect(await room.refusal(room.perform("deliveries.replay", about, operator))).toContain(said);
    expect(stateOf(room)).toEqual(["delivered"]);
  },
);

test("what a connection is told of is chosen, written down, and judged", async () => {
  const room = await makeRoom();
  const { perform, refusal } = room;
  const events = ["deal.won", "run.finished", "deal.won"];
  const view = await perform("events.choose", { connection: "books", events }, admin);
  expect(view.told?.events).toEqual(["deal.won", "run.finished"]);
  const { text } = await perform("workspace.export", {}, admin);
  expect(text).toMatch(/events:\s+- deal\.won\s+- run\.finished/);
  const again = await perform("workspace.plan", { text, file: "w.yaml" }, admin);
  expect(again.connections.updated).toEqual([]);
  const asked = (connection: string, event: string) =>
    refusal(perform("events.choose", { connection, events: [event] }, admin));
  expect(await asked("books", "deal.one")).toContain("Nothing here is told as “deal.one”");
  expect(await asked("crm", "deal.won")).toContain("HubSpot takes no events of ours");
  const file = "connections:\n  crm: { connector: hubspot, events: [deal.won] }\n";
  const refused = perform("workspace.plan", { text: file, file: "w.yaml" }, terminal);
  expect(await refusal(refused)).toContain("w.yaml:2:30: HubSpot takes no events of ours");
  const viewed = perform("events.choose", { connection: "books", events: [] }, viewer);
  expect(await refusal(viewed)).toContain("NotAllowed");
});
