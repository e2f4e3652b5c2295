import { NotAllowed } from "#domain/errors.ts";
import type { Approval } from "#domain/approval.ts";
import { expect, test } from "vitest";
import { helpdesk } from "../support/manifest.ts";
import { asked, chosen, drafted, second, third, withAdmins } from "./support/registering.ts";
import { admin, makeRoom, operator, slack, terminal, viewer, type Room } from "./support/room.ts";

const evil = helpdesk.replace("api.helpdesk.example", "api.evil.example");

async function house() {
  const room = await makeRoom();
  await withAdmins(room);
  const request = await asked(room, helpdesk);
  const approve = (by = second, value = chosen(request)) =>
    room.perform("approvals.approve", value, by);
  const stored = room.world.approvals as unknown as { all: Map<string, Approval> };
  const change = (what: Partial<Approval>) =>
    stored.all.set(request.approval.id, { ...request.approval, ...what });
  return { ...room, request, approve, change };
}
type House = Awaited<ReturnType<typeof house>>;

const inUse = async ({ world }: Pick<Room, "world">) =>
  (await world.connectorVersions.inUse()).map(({ connector, version }) => [connector, version]);

test("what one admin asked for and another approved is in use, and everything about it is audited", async () => {
  const room = await house();
  expect(room.request).toMatchObject({
    expired: false,
    approvers: ["U0SECOND", "U0THIRD"],
    approval: { state: { kind: "waiting" }, askedBy: "U0ADMIN" },
  });
  expect(room.queue.jobs).toContainEqual({ kind: "approval", approval: room.request.approval.id });
  const approved = await room.approve();
  expect(approved).toMatchObject({
    approval: { state: { kind: "approved", by: "U0SECOND", done: true } },
    about: { version: 1, connector: "helpdesk" },
  });
  expect(await inUse(room)).toEqual([["helpdesk", 1]]);
  expect(
    room.audit.rows.map(({ operation, actor, outcome }) => [operation, actor, outcome]),
  ).toEqual([
    ["connectors.propose", "U0ADMIN", "done"],
    ["approvals.ask", "U0ADMIN", "done"],
    ["approvals.connector", "U0SECOND", "done"],
    ["approvals.approve", "U0SECOND", "done"],
  ]);
  expect(room.audit.rows[2]?.input).toContain(`"asked_by":"U0ADMIN","connector":"helpdesk"`);
  expect(room.memory.told).toEqual(
    expect.arrayContaining([
      { kind: "approval", id: room.request.approval.id },
      { kind: "approval_answer", id: room.request.approval.id },
    ]),
  );
});

test("what is refused is not done, and stays refused", async () => {
  const room = await house();
  await room.perform("approvals.refuse", chosen(room.request), third);
  expect(await room.refusal(room.approve())).toMatch(
    /^Mistake: @U0THIRD refused this, .* UTC; it has to be asked for again\.$/,
  );
  expect(await inUse(room)).toEqual([]);
});

test("who asked may take it back, but not decide for it", async () => {
  const room = await house();
  const taken = await room.perform("approvals.refuse", chosen(room.request), admin);
  expect(taken.approval.state).toMatchObject({ kind: "refused", by: "U0ADMIN" });
  expect(room.memory.told.filter(({ kind }) => kind === "approval_answer")).toEqual([]);
});

const replay = async (room: House) => {
  await room.approve();
  const { perform } = room;
  await perform("connectors.remove", { connector: "helpdesk" }, admin);
  return room.approve(third);
};

/** Each must leave the catalogue as it was, say why in one sentence, and stand in the audit. */
test.each<[string, (room: House) => Promise<unknown>, RegExp]>([
  ["a viewer", ({ approve }) => approve(viewer), /^NotAllowed: Approving needs the operator role/],
  [
    "an operator",
    ({ approve }) => approve(operator),
    /^NotAllowed: Approving needs the admin role/,
  ],
  [
    "the one who asked",
    ({ approve }) => approve(admin),
    /^NotAllowed: You asked for this yourself: another admin has to approve it\.$/,
  ],
  [
    "the one who asked, clicking a second time",
    async ({ approve }) => {
      await approve(admin).catch(() => undefined);
      return approve(admin);
    },
    /^NotAllowed: You asked for this yourself/,
  ],
  [
    "an admin of another workspace",
    ({ approve }) => approve({ kind: "slack", team: "T0OTHER", user: "U0SECOND" }),
    /^NotAllowed: Tieline answers people of its own workspace only\.$/,
  ],
  [
    "the same person at the terminal",
    ({ approve }) => approve(terminal),
    /^NotAllowed: What needs a second person is asked for and decided in Slack\.$/,
  ],
  ["Tieline itself", ({ approve }) => approve({ kind: "system" }), /^NotAllowed: What needs/],
  [
    "an admin with a forged id",
    ({ approve, request }) => approve(second, { ...chosen(request), approval: "' or 1=1 --" }),
    /^Mistake: There is no such request\.$/,
  ],
  [
    "an admin who saw something else",
    ({ approve, request }) => approve(second, { ...chosen(request), hash: "another" }),
    /^NotAllowed: This is not what was asked for: it was changed since, so nothing was done/,
  ],
  [
    "an admin after somebody changed the text that is kept",
    ({ approve, change }) => {
      change({ what: { connector: "helpdesk", base: null, to: { text: evil, note: "" } } });
      return approve();
    },
    /^NotAllowed: This is not what was asked for/,
  ],
  [
    "an admin after somebody put another one's request under the id",
    ({ approve, change }) => {
      change({ subject: "hubspot" });
      return approve();
    },
    /^NotAllowed: This is not what was asked for/,
  ],
  [
    "an admin after the one who asked asked for something else",
    async (room) => {
      await asked(room, evil);
      return room.approve();
    },
    /^Mistake: Something newer took the place of this request, so it is void\.$/,
  ],
  [
    "an admin after 24 hours",
    ({ approve, clock }) => {
      clock.pass(24 * 3_600_000);
      return approve();
    },
    /^Mistake: This request expired .* UTC; it has to be asked for again\.$/,
  ],
  [
    "an admin of a draft that nobody asked about",
    async (room) => room.approve(second, chosen(await drafted(room, evil, third))),
    /^Mistake: There is no such request\.$/,
  ],
  [
    "an admin after the one who asked is none any more",
    async (room) => {
      const request = await asked(room, evil, third);
      await room.perform("people.grant", { subject: "U0THIRD", role: "none" }, admin);
      return room.approve(second, chosen(request));
    },
    /^NotAllowed: @U0THIRD, who asked for this, is no admin any more\.$/,
  ],
  [
    "an admin who replays an approval",
    replay,
    /^Mistake: @U0SECOND approved this already, .* UTC\.$/,
  ],
])("%s approves nothing", async (_who, attack, sentence) => {
  const room = await house();
  const said = await room.refusal(attack(room));
  expect(said).toMatch(sentence);
  expect(said.split("\n")).toHaveLength(1);
  expect(await inUse(room)).toEqual([]);
  const last = room.audit.rows.at(-1);
  expect(last).toMatchObject({ operation: "approvals.approve" });
  expect(last?.outcome).not.toBe("done");
});

test("of several admins who decide at once one does", async () => {
  const room = await house();
  const decided = await Promise.allSettled([
    room.approve(second),
    room.approve(third),
    room.perform("approvals.refuse", chosen(room.request), third),
    room.approve(second),
  ]);
  expect(decided.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await inUse(room)).length).toBeLessThanOrEqual(1);
});

test("a request that expired or was refused is not asked for again by its old id", async () => {
  const room = await house();
  await room.perform("approvals.refuse", chosen(room.request), third);
  const again = room.perform("approvals.ask", chosen(room.request), admin);
  expect(await room.refusal(again)).toBe("Mistake: This was asked for already.");
});

test("somebody else's draft is theirs to ask for", async () => {
  const room = await house();
  const draft = await drafted(room, evil, third);
  const stolen = room.perform("approvals.ask", chosen(draft), second);
  expect(await room.refusal(stolen)).toMatch(/^NotAllowed: Somebody else made this ready/);
  const forged = { ...chosen(draft), hash: room.request.approval.hash };
  await expect(room.perform("approvals.ask", forged, third)).rejects.toThrow(NotAllowed);
});

test("where there is one admin, that and the way to another is said, and then another approves", async () => {
  const room = await makeRoom();
  const request = await asked(room, helpdesk);
  expect(request.approvers).toEqual([]);
  const approve = (user: string) => room.perform("approvals.approve", chosen(request), slack(user));
  expect(await room.refusal(approve("U0ADMIN"))).toBe(
    "NotAllowed: You asked for this yourself: another admin has to approve it. There is none yet. Another admin is made with /tieline roles @somebody admin, or by TIELINE_ADMINS.",
  );
  await room.perform("people.grant", { subject: "U0NEW", role: "admin" }, admin);
  await approve("U0NEW");
  expect(await inUse(room)).toEqual([["helpdesk", 1]]);
});

test("a group gives approvers when somebody else is in it", async () => {
  const room = await makeRoom();
  await room.people.grant({ subject: { kind: "group", id: "S0ADMINS" }, role: "admin" });
  room.members.set("S0ADMINS", new Set(["U0ADMIN"]));
  expect((await drafted(room, helpdesk)).approvers).toEqual([]);
  room.members.set("S0ADMINS", new Set(["U0ADMIN", "U0GRACE"]));
  const request = await asked(room, helpdesk);
  expect(request.approvers).toEqual(["S0ADMINS"]);
  await room.perform("approvals.approve", chosen(request), slack("U0GRACE"));
});
