import { carryOutTheRest } from "#operations/approvals/carry-out.ts";
import { approvalId } from "#domain/ids.ts";
import { expect, test } from "vitest";
import { helpdesk } from "../support/manifest.ts";
import { asked, chosen, drafted, registered, second, withAdmins } from "./support/registering.ts";
import { admin, makeRoom, operator, type Room } from "./support/room.ts";

const wider = helpdesk
  .replace("api.helpdesk.example", "api2.helpdesk.example")
  .replace("[people.read]", "[people.read, people.write]");
const tidier = helpdesk.replace("title: People", "title: Persons");

const current = async ({ world }: Room, connector = "helpdesk") =>
  (await world.connectorVersions.of(connector)).current;

/** A manifest of the name of a connector that comes with us. */
const ownHubspot = helpdesk.replace("connector: helpdesk", "connector: hubspot");

test("a manifest with problems is told where they are, and nothing of it is kept", async () => {
  const room = await makeRoom();
  const bad = helpdesk.replace("records: items", "recrods: items").replace("| email", "| emial");
  expect(await room.perform("connectors.propose", { text: bad }, admin)).toEqual({
    kind: "wrong",
    problems: expect.arrayContaining([
      { line: 31, column: 7, message: expect.stringContaining("recrods") as string },
    ]) as unknown,
  });
  expect([...(room.world.approvals as unknown as { all: Map<string, unknown> }).all]).toEqual([]);
  expect(JSON.stringify(room.audit.rows)).not.toContain("recrods");
});

test.each([
  ["code", helpdesk.replace("get: /me", "run: process.exit()")],
  ["a tag", helpdesk.replace("title: Help desk", "title: !!js/function 'x'")],
  ["an alias", helpdesk.replace("title: Help desk", "title: &a x\nabout: *a")],
  ["plain http", helpdesk.replace("https://api", "http://api")],
  ["a host that a setting decides", helpdesk.replace("https://api.helpdesk", "https://{x}")],
  ["65 KB", `${helpdesk}# ${"x".repeat(65_536)}\n`],
  ["nothing", " "],
])("a manifest with %s is refused before anything is kept", async (_what, text) => {
  const room = await makeRoom();
  expect(await room.perform("connectors.propose", { text }, admin)).toMatchObject({
    kind: "wrong",
  });
  expect((room.world.approvals as unknown as { all: Map<string, unknown> }).all.size).toBe(0);
});

test("a key that somebody left in it is refused at its line and is nowhere afterwards", async () => {
  const room = await makeRoom();
  const key = "xoxb-1234567890-abcdefghij";
  const text = helpdesk.replace("  get: /me", `  get: /me\n  headers: { X-Key: "${key}" }`);
  const proposed = await room.perform("connectors.propose", { text }, admin);
  expect(proposed).toMatchObject({ kind: "wrong", problems: [{ line: 18, column: 22 }] });
  expect(JSON.stringify([proposed, room.audit.rows, room.memory])).not.toContain(key);
});

test("the name of our own database is taken", async () => {
  const room = await makeRoom();
  const hub = helpdesk.replace("connector: helpdesk", "connector: hub");
  expect(await room.refusal(drafted(room, hub))).toMatch(/^Mistake: hub is the name of our own/);
});

test("what it could do is said beside nothing, and beside the version in use", async () => {
  const room = await makeRoom();
  const first = await drafted(room, helpdesk);
  expect(first.about.review).toMatchObject({
    against: null,
    reach: {
      hosts: ["api.helpdesk.example", "login.helpdesk.example"],
      pages: ["login.helpdesk.example"],
      scopes: ["people.read"],
    },
    changes: [],
    connections: [],
  });
  await registered(room, helpdesk);
  const { about } = await drafted(room, wider.replace("  key:\n", "  token:\n"));
  expect(about.review).toMatchObject({
    against: 1,
    added: { hosts: ["api2.helpdesk.example"], pages: [], scopes: ["people.write"] },
    gone: { hosts: ["api.helpdesk.example"] },
    changes: ["Ways of signing in: new token; gone key."],
  });
});

test("flows and connections that an update concerns are named", async () => {
  const room = await makeRoom();
  const { about } = await drafted(room, ownHubspot);
  expect(about.review).toMatchObject({
    against: 0,
    added: { hosts: ["api.helpdesk.example", "login.helpdesk.example"] },
    connections: ["crm"],
    stops: ["customers-to-books: there would be no contacts"],
  });
});

test("versions are kept with who, when and why, and the same text twice is none", async () => {
  const room = await makeRoom();
  await withAdmins(room);
  const proposed = await room.perform(
    "connectors.propose",
    { text: helpdesk, note: "for support" },
    admin,
  );
  if (proposed.kind !== "ready") throw new Error("not accepted");
  await room.perform("approvals.ask", chosen(proposed.draft), admin);
  await room.perform("approvals.approve", chosen(proposed.draft), second);
  await registered(room, tidier);
  expect(await room.refusal(drafted(room, tidier))).toBe(
    "Mistake: This is version 2 of Help desk, letter for letter; it is in use already.",
  );
  const history = await room.perform("connectors.versions", { connector: "Helpdesk" }, operator);
  expect(history).toMatchObject({ title: "Help desk", current: 2, waiting: null, more: 0 });
  expect(history.versions).toMatchObject([
    { version: 2, needsApproval: false },
    {
      version: 1,
      registered: { by: "U0ADMIN", approvedBy: "U0SECOND", note: "for support" },
      needsApproval: false,
      problem: null,
    },
  ]);
});

test("going back is one click where the older version asks for nothing more", async () => {
  const room = await makeRoom();
  await registered(room, helpdesk);
  await registered(room, wider);
  await registered(room, wider.replace("People", "Persons"));
  expect(
    await room.perform("connectors.use", { connector: "helpdesk", version: 2 }, admin),
  ).toEqual({ kind: "done", connector: "helpdesk", version: 2, stops: [] });
  expect(await current(room)).toBe(2);

  const asks = await room.perform("connectors.use", { connector: "helpdesk", version: 1 }, admin);
  expect(await current(room)).toBe(2);
  if (asks.kind !== "asked") throw new Error("it went back without asking");
  const { request } = asks;
  expect(request.about).toMatchObject({
    backTo: 1,
    review: { added: { hosts: ["api.helpdesk.example"] } },
  });
  expect(await room.refusal(room.perform("approvals.approve", chosen(request), admin))).toContain(
    "yourself",
  );
  await room.perform("approvals.approve", chosen(request), second);
  expect(await current(room)).toBe(1);
});

test("what comes with us is version 0: it is replaced, and going back restores it", async () => {
  const room = await makeRoom();
  await registered(room, ownHubspot);
  expect(await current(room, "hubspot")).toBe(1);
  const history = await room.perform("connectors.versions", { connector: "hubspot" }, admin);
  expect(history.versions.at(-1)).toEqual({
    version: 0,
    registered: null,
    needsApproval: true,
    problem: null,
  });
  const asks = await room.perform("connectors.use", { connector: "hubspot", version: 0 }, admin);
  if (asks.kind !== "asked") throw new Error("it went back without asking");
  await room.perform("approvals.approve", chosen(asks.request), second);
  expect(await current(room, "hubspot")).toBe(0);
  expect(
    await room.refusal(room.perform("connectors.remove", { connector: "hubspot" }, admin)),
  ).toBe(
    "Mistake: hubspot comes with this installation and cannot be removed; going back to version 0 restores it.",
  );
});

test.each([
  [
    { connector: "helpdsk", version: 1 },
    "There is no connector “helpdsk”; there are hubspot and quickbooks.",
  ],
  [{ connector: "helpdesk", version: 1 }, "Version 1 of helpdesk is in use already."],
  [{ connector: "helpdesk", version: 7 }, "There is no version 7 of helpdesk."],
  [
    { connector: "helpdesk", version: 0 },
    "No helpdesk comes with this installation, so there is no version 0.",
  ],
])("going to %j is refused with a reason", async (input, sentence) => {
  const room = await makeRoom();
  await registered(room, helpdesk);
  expect(await room.refusal(room.perform("connectors.use", input, admin))).toBe(
    `Mistake: ${sentence}`,
  );
});

test("a connector that a connection uses stays; another goes, and comes back by approval only", async () => {
  const room = await makeRoom();
  await registered(room, helpdesk);
  const [crm] = await room.world.registry.connections();
  if (crm === undefined) throw new Error("no connection");
  const desk = { ...crm, name: "desk" as typeof crm.name, connector: "helpdesk" };
  await room.world.registry.save({ connections: [desk], flows: [] });
  const remove = () => room.perform("connectors.remove", { connector: "helpdesk" }, admin);
  expect(await room.refusal(remove())).toBe(
    "Mistake: helpdesk is used by desk; nothing was removed. Remove this connection first.",
  );
  await room.perform("connections.remove", { connection: "desk" }, admin);
  await remove();
  expect(await current(room)).toBe(0);
  expect(await room.refusal(remove())).toBe("Mistake: helpdesk is removed already.");
  const again = await room.perform("connectors.use", { connector: "helpdesk", version: 1 }, admin);
  expect(again.kind).toBe("asked");
});

test("what changed meanwhile makes a request void, however it changed", async () => {
  const room = await makeRoom();
  await registered(room, helpdesk);
  await registered(room, tidier);
  const request = await asked(room, wider);
  await room.perform("connectors.use", { connector: "helpdesk", version: 1 }, second);
  expect(await room.refusal(room.perform("approvals.approve", chosen(request), second))).toMatch(
    /is void/,
  );

  // Behind our back, as another installation of an older version of us might.
  const other = await asked(room, wider);
  await room.world.connectorVersions.turn("helpdesk", 1, 2);
  expect(await room.refusal(room.perform("approvals.approve", chosen(other), second))).toBe(
    "Mistake: helpdesk was changed since this was asked for: version 2 is in use now. It has to be asked for again.",
  );
});

test("what was approved when a process died is carried out at the next start, once", async () => {
  const room = await makeRoom();
  await withAdmins(room);
  const { approval } = await asked(room, helpdesk);
  const decision = { kind: "approved", by: "U0SECOND", at: room.clock.now() } as const;
  await room.world.approvals.decide(approval.id, approval.hash, decision);
  expect(await current(room)).toBe(0);
  await carryOutTheRest(room.world);
  await carryOutTheRest(room.world);
  expect(await current(room)).toBe(1);
  expect(await room.world.approvals.unfinished()).toEqual([]);
  expect((await room.world.connectorVersions.of("helpdesk")).versions).toHaveLength(1);
});

test("an approval that cannot be carried out any more is void, and its card says so", async () => {
  const room = await makeRoom();
  await withAdmins(room);
  const { approval } = await asked(room, helpdesk);
  const decision = { kind: "approved", by: "U0SECOND", at: room.clock.now() } as const;
  await room.world.approvals.decide(approval.id, approval.hash, decision);
  const about = { registeredBy: "U0Y", registeredAt: room.clock.now(), approvedBy: "U0X" };
  const another = { connector: "helpdesk", text: tidier, hash: "h", note: "", ...about };
  await room.world.connectorVersions.add({ ...another, approval: approvalId("another") }, 0);
  await carryOutTheRest(room.world);
  expect((await room.world.approvals.get(approval.id))?.state.kind).toBe("replaced");
  expect(await current(room)).toBe(1);
});
