import { expect, test } from "vitest";
import { flowName } from "#domain/ids.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { admin, makeRoom, operator, type Room } from "../support/room.ts";

const customers = flowName("customers-to-books");
const name = "to-messages";
const words = { from: "crm/contacts", to: "books/messages", about: "For the mailing" };

async function made(room: Room, flow: Record<string, unknown> = words) {
  const saved = await room.perform("flows.add", { name, flow }, operator);
  if (saved.kind !== "saved") throw new Error(JSON.stringify(saved));
  return saved;
}

const previewed = async ({ perform }: Room) =>
  (await perform("flows.preview", { flow: name }, operator)).id;

test("a new flow is off, is on no schedule and does not run until it is turned on from its preview", async () => {
  const room = await makeRoom();
  const { perform, refusal, queue } = room;
  const trigger = { cron: "0 7 * * *", zone: "Europe/Paris" };
  const { status } = await made(room, { ...words, trigger });
  expect(status.flow).toMatchObject({ state: { kind: "off", by: "U0OPERATOR" }, version: 1 });
  expect(status.next).toBeNull();
  expect(await refusal(perform("runs.start", { flow: name }, operator))).toMatch(/never turned on/);
  expect(await refusal(perform("flows.resume", { flow: name }, admin))).toMatch(/never turned on/);
  expect(await refusal(perform("flows.pause", { flow: name }, admin))).toMatch(/never turned on/);

  const preview = await previewed(room);
  expect(await refusal(perform("flows.turn-on", { preview }, operator))).toMatch(/admin role/);
  expect((await perform("flows.turn-on", { preview }, admin)).flow.state).toEqual({ kind: "on" });
  expect(queue.entries.map(({ job }) => job)).toContainEqual({ kind: "schedule", flow: name });
  expect(await refusal(perform("flows.turn-on", { preview }, admin))).toMatch(/on already/);
});

test("a preview of an earlier version turns nothing on and says so", async () => {
  const room = await makeRoom();
  const { perform, refusal, world } = room;
  await made(room);
  const preview = await previewed(room);
  const to = { ...words, leave_out: ["name"] };
  await perform("flows.change", { flow: name, version: 1, to }, operator);
  expect(await refusal(perform("flows.turn-on", { preview }, admin))).toMatch(
    /changed since this preview .*: it showed version 1, and now it is version 2/,
  );
  expect(await refusal(perform("flows.turn-on", { preview: "gone" }, admin))).toMatch(/too old/);
  expect((await world.registry.flow(flowName(name)))?.state.kind).toBe("off");
});

test("what is wrong is said field by field, and nothing is made", async () => {
  const { perform, world } = await makeRoom();
  const flow = {
    ...{ from: "crm/contacts", to: "books/customers", match: ["phone"], map: { notes: "mobile" } },
    ...{ where: { colour: "red" }, leave_out: ["phone"], trigger: { cron: "61 * * * *" } },
  };
  const wrong = await perform("flows.add", { name: "another", flow }, operator);
  expect(wrong).toMatchObject({ kind: "wrong" });
  const problems = wrong.kind === "wrong" ? wrong.problems : [];
  expect(problems.map(({ field }) => field)).toEqual([
    ...["trigger", "match", "where", "map", "leave_out", null],
  ]);
  expect(problems.at(-1)?.message).toMatch(/^Customers-to-books already brings/);
  expect(await world.registry.flows()).toHaveLength(1);
});

test("warnings are shown when a flow is made, and a person accepts them before it is on", async () => {
  const room = await makeRoom();
  const { perform, refusal } = room;
  const flow = { ...words, from: "crm/forms", trigger: { cron: "*/5 * * * *" } };
  const { warnings } = await made(room, flow);
  expect(warnings).toEqual([
    expect.stringMatching(/Forms? can only be read whole|only be read whole/),
  ]);
  const preview = await previewed(room);
  expect(await refusal(perform("flows.turn-on", { preview }, admin))).toMatch(/accept first/);
  await perform("flows.turn-on", { preview, accept: true }, admin);

  const hourly = { ...flow, trigger: { cron: "0 * * * *" } };
  const change = (to: object, version: number, accept = false) =>
    perform("flows.change", { flow: name, version, to: { ...to }, accept }, admin);
  expect(await change(hourly, 1)).toMatchObject({ kind: "saved", warnings: [] });
  expect(await change(flow, 2)).toEqual({ kind: "warned", warnings });
  expect(await change(flow, 2, true)).toMatchObject({ kind: "saved", warnings });
});

test("each change is a version with who, when and what; going back is one more", async () => {
  const room = await makeRoom();
  const { perform, refusal, clock, world } = room;
  const before = flowWords((await world.registry.flow(customers)) ?? room.flow);
  const to = { ...before, map: { phone: "mobile" }, trigger: "manual" };
  await perform("flows.change", { flow: customers, version: 1, to }, admin);
  expect(room.queue.entries.map(({ job }) => job.kind)).not.toContain("schedule");
  expect(
    await refusal(perform("flows.change", { flow: customers, version: 1, to: before }, admin)),
  ).toMatch(/Somebody changed customers-to-books meanwhile \(it is at version 2\)/);
  const back = await perform("flows.use-version", { flow: customers, version: 1 }, admin);
  expect(back.flow.version).toBe(3);
  expect(back.versions.map(({ version, by, what }) => [version, by, what])).toEqual([
    [3, "U0ADMIN", "Back to version 1: "],
    [
      2,
      "U0ADMIN",
      "Filled from nothing → phone from mobile; starts at */15 * * * *, Europe/Paris → by hand",
    ],
    [1, "Tieline", ""],
  ]);
  expect(back.versions[0]?.at).toEqual(clock.now());
  expect(room.queue.entries.map(({ job }) => job.kind)).toContain("schedule");
  expect(back.versions[0]?.plan).toEqual(back.versions[2]?.plan);
});

test("a change that changes nothing makes no version, and an end stays once records are linked", async () => {
  const room = await makeRoom();
  const { perform, refusal } = room;
  const same = flowWords(room.flow);
  await perform("flows.change", { flow: customers, version: 1, to: same }, admin);
  expect((await perform("flows.versions", { flow: customers }, operator)).versions).toHaveLength(1);
  const moved = { from: "crm/forms", to: "books/customers" };
  const change = (version: number) =>
    perform("flows.change", { flow: customers, version, to: moved }, admin);
  expect(await change(1)).toMatchObject({ kind: "saved" });
  await perform("flows.use-version", { flow: customers, version: 1 }, admin);
  const link = { key: "501", id: "1", version: null, hash: "h", base: {}, back: null };
  room.memory.links.set(customers, new Map([["501", link]]));
  const refused = { field: null, message: expect.stringMatching(/please make a new flow\.$/) };
  expect(await change(3)).toEqual({ kind: "wrong", problems: [refused] });
  const text = `flows:\n  ${customers}:\n    from: crm/forms\n    to: books/customers\n`;
  const applied = perform("workspace.apply", { text, file: "w.yaml" }, admin);
  expect(await refusal(applied)).toMatch(/^Mistake: w.yaml:2:3: .* please make a new flow/);
  const byOperator = perform("flows.change", { flow: customers, version: 3, to: same }, operator);
  expect(await refusal(byOperator)).toMatch(/needs the admin role/);
});

test("applying a file makes versions of what is new in it", async () => {
  const { perform } = await makeRoom();
  const { text } = await perform("workspace.export", {}, admin);
  await perform("workspace.apply", { text, file: "w.yaml" }, admin);
  const about = text.replace("deletes: ignore", "deletes: archive");
  await perform("workspace.apply", { text: about, file: "w.yaml" }, admin);
  const { versions } = await perform("flows.versions", { flow: customers }, operator);
  expect(versions.map(({ version, what }) => [version, what])).toEqual([
    [2, "What is gone: ignore → archive"],
    [1, ""],
  ]);
});

test("a flow is removed with its links and dead letters, and then its connections can be", async () => {
  const room = await makeRoom();
  const { perform, refusal, world, letter, memory } = room;
  const { incident } = await letter({ field: "name" });
  memory.links.set(
    customers,
    new Map([["501", { key: "501", id: "1", version: null, hash: "h", base: {}, back: null }]]),
  );
  await perform("runs.start", { flow: customers }, operator);
  expect(await refusal(perform("connections.remove", { connection: "crm" }, admin))).toMatch(
    /used/,
  );
  const before = await perform("flows.removal", { flow: customers }, operator);
  expect(before).toMatchObject({ openLetters: 1, links: 1, unused: ["crm", "books"] });
  expect(before.current?.state.kind).toBe("queued");

  await perform("flows.remove", { flow: customers }, admin);
  expect(await world.registry.flows()).toEqual([]);
  expect(await world.runs.unfinished()).toEqual([]);
  expect(await world.letters.count({ flow: customers, states: ["open", "discarded"] })).toBe(0);
  const card = await perform("incidents.get", { incident }, operator);
  expect(card.incident).toMatchObject({ state: { kind: "closed" }, discarded: 1 });
  expect(card.flow?.name).toBe(customers);
  expect(memory.told).toContainEqual({ kind: "incident", id: incident });
  await perform("connections.remove", { connection: "crm" }, admin);

  expect(await refusal(perform("flows.get", { flow: customers }, operator))).toMatch(/no flow/);
});

test("a flow whose run is running stays until that is cancelled", async () => {
  const { perform, refusal, world, clock } = await makeRoom();
  const { run } = await perform("runs.start", { flow: customers }, operator);
  await world.runs.claim(run.id, clock.now(), 30_000);
  await world.runs.turn(run.id, 1, { kind: "running" }, clock.now());
  expect(await refusal(perform("flows.remove", { flow: customers }, admin))).toMatch(/is running/);
  expect((await world.registry.flow(customers))?.state.kind).toBe("on");
});

test("a flow is written down in the words of the workspace file", async () => {
  const room = await makeRoom();
  await made(room, { ...words, window: { from: "22:00", to: "06:00", zone: "Europe/Paris" } });
  const { text } = await room.perform("flows.export", { flow: name }, operator);
  expect(text).toContain("from: crm/contacts");
  expect(text).toContain("window:\n      from: 22:00\n      to: 06:00\n      zone: Europe/Paris");
  expect(text).not.toContain("customers-to-books");
});

test("fields are shown beside a few records, and a tool that does not answer keeps nobody from them", async () => {
  const room = await makeRoom();
  const to = {
    ...flowWords(room.flow),
    map: { phone: "mobile" },
    set: { currency: "EUR" },
    leave_out: ["address.country"],
  };
  await room.perform("flows.change", { flow: customers, version: 1, to }, admin);
  room.sampled.push({
    key: "501",
    source: { first_name: "Ada", email: "ada@example.com" },
    target: { name: "Ada" },
  });
  const { moves, records } = await room.perform("flows.samples", { flow: customers }, operator);
  expect(moves.map(({ field, how }) => [field, how.kind])).toEqual([
    ["name", "same"],
    ["email", "same"],
    ["phone", "from"],
    ["mobile", "same"],
    ["currency", "always"],
    ["address.country", "left_out"],
  ]);
  expect(records).toMatchObject([{ title: "Ada", target: { name: "Ada" } }]);
  expect((await room.audit.list(1))[0]?.operation).toBe("flows.samples");
});

test("a dead letter is retried as the flow is now, unless an earlier version is named", async () => {
  const { perform, refusal, letter } = await makeRoom();
  const { id } = await letter({});
  const retry = (version: number) => perform("letters.retry", { letters: [id], version }, operator);
  expect(await refusal(retry(7))).toMatch(/There is no version 7 of customers-to-books/);
  expect((await retry(1)).run?.work).toEqual({ kind: "retry", letters: [id], as: 1 });
});
