import { NotAllowed } from "#domain/errors.ts";
import type { Role } from "#domain/actor.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { OperationName, Operations, Perform } from "#operations/contract.ts";
import { operations } from "#operations/index.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import type { World } from "#operations/world.ts";
import { expect, test } from "vitest";
import { helpdesk } from "../support/manifest.ts";
import { ofHooks } from "./support/delivering.ts";
import { conflictIn } from "./support/deciding.ts";
import { bulkRetry, pausedRetry, smallRetry } from "./support/retrying.ts";
import { asked, chosen, drafted, registered, second, withAdmins } from "./support/registering.ts";
import { admin, makeRoom, operator, slack, terminal, viewer, type Room } from "./support/room.ts";

/** Who may do what, and with what it is tried. A new operation does not compile without a line here. */
const table: {
  [Name in OperationName]: [Role, (room: Room) => Promise<Operations[Name]["in"]>];
} = {
  "flows.list": ["viewer", async () => ({})],
  "flows.get": ["viewer", async () => ({ flow: "customers-to-books" })],
  "flows.docs": ["viewer", async () => ({ flow: "customers-to-books" })],
  "flows.map": ["viewer", async () => ({})],
  "flows.pause": ["operator", async () => ({ flow: "customers-to-books" })],
  "flows.resume": [
    "operator",
    async ({ perform }) => {
      await perform("flows.pause", { flow: "customers-to-books" }, admin);
      return { flow: "customers-to-books" };
    },
  ],
  "flows.preview": ["operator", async () => ({ flow: "customers-to-books" })],
  "flows.previewed": ["operator", async (room) => ({ preview: await previewed(room, flow) })],
  "flows.samples": ["operator", async () => ({ flow })],
  "flows.choices": ["operator", async () => ({})],
  "flows.add": ["operator", async () => ({ name: "to-messages", flow: toMessages })],
  "flows.change": [
    "admin",
    async ({ world }) => ({ flow, version: 1, to: flowWords(await only(world)), accept: true }),
  ],
  "flows.turn-on": [
    "admin",
    async (room) => {
      await room.perform("flows.add", { name: "to-mailbox", flow: toMessages }, admin);
      return { preview: await previewed(room, "to-mailbox") };
    },
  ],
  "flows.removal": ["viewer", async () => ({ flow })],
  "flows.remove": ["admin", async () => ({ flow })],
  "flows.export": ["operator", async () => ({})],
  "flows.versions": ["viewer", async () => ({ flow })],
  "flows.use-version": [
    "admin",
    async ({ world, perform }) => {
      const to = { ...flowWords(await only(world)), about: "New" };
      await perform("flows.change", { flow, version: 1, to }, admin);
      return { flow, version: 1 };
    },
  ],
  "recipes.list": ["operator", async () => ({})],
  "recipes.use": ["operator", async () => ({ recipe: "leads-to-list", connections: { crm: "crm", mail: "books" } })], // prettier-ignore
  "runs.start": ["operator", async () => ({ flow: "customers-to-books" })],
  "runs.get": ["viewer", async (room) => ({ run: (await started(room)).id })],
  "runs.list": ["viewer", async () => ({})],
  "runs.pause": ["operator", async (room) => ({ run: await bulkRetry(room) })],
  "runs.go-on": ["operator", async (room) => ({ run: await pausedRetry(room) })],
  "letters.plan": ["operator", async () => ({ flow })],
  "runs.cancel": ["operator", async (room) => ({ flow: (await started(room)).flow })],
  "conflicts.list": ["viewer", async () => ({})],
  "conflicts.of": ["viewer", async () => ({ flow })],
  "conflicts.show": ["operator", async (room) => ({ conflict: conflictIn(room).id })],
  "conflicts.choose": ["operator", async (room) => ({ conflict: conflictIn(room).id, version: 1, all: "source" })], // prettier-ignore
  "letters.list": ["viewer", async () => ({})],
  "letters.show": ["operator", async (room) => ({ letter: (await room.letter({})).id })],
  "letters.raw": ["operator", async (room) => ({ letter: (await room.letter({})).id })],
  "letters.correct": [
    "operator",
    async (room) => ({ letter: (await room.letter({})).id, version: 1, fields: { name: "Ada" } }),
  ],
  "letters.retry": ["operator", async (room) => ({ letters: [(await room.letter({})).id] })],
  "letters.outcome": ["viewer", async (room) => ({ run: await smallRetry(room) })],
  "letters.discard": [
    "operator",
    async (room) => ({ letters: [(await room.letter({})).id], reason: "a test record" }),
  ],
  "incidents.list": ["viewer", async () => ({})],
  "incidents.get": ["viewer", async (room) => ({ incident: (await room.letter({})).incident })],
  "incidents.snooze": ["operator", async (room) => ({ incident: (await room.letter({})).incident, hours: 4 })], // prettier-ignore
  "hub.owners": ["viewer", async () => ({})],
  "hub.set-owners": ["admin", async () => ({ entity: "customer", version: 0, owner: ["crm"], fields: { phone: "filled" } })], // prettier-ignore
  ...ofHooks,
  "incidents.close": ["operator", async (room) => ({ incident: await failing(room) })],
  "connectors.list": ["admin", async () => ({})],
  "connectors.propose": ["admin", async () => ({ text: helpdesk, note: "for support" })],
  "connectors.versions": ["operator", async () => ({ connector: "hubspot" })],
  "connectors.use": [
    "admin",
    async (room) => {
      await registered(room, helpdesk);
      await registered(room, helpdesk.replace("People", "Persons"));
      return { connector: "helpdesk", version: 1 };
    },
  ],
  "connectors.remove": [
    "admin",
    async (room) => {
      await registered(room, helpdesk);
      return { connector: "helpdesk" };
    },
  ],
  "approvals.get": [
    "admin",
    async (room) => ({ approval: (await drafted(room, helpdesk)).approval.id }),
  ],
  "approvals.ask": ["admin", async (room) => chosen(await drafted(room, helpdesk))],
  "approvals.approve": [
    "admin",
    async (room) => {
      await withAdmins(room);
      return chosen(await asked(room, helpdesk, second));
    },
  ],
  "approvals.refuse": ["admin", async (room) => chosen(await asked(room, helpdesk))],
  "connections.list": ["viewer", async () => ({})],
  "connections.add": ["admin", async () => ({ name: "crm-two", connector: "hubspot" })],
  "connections.invite": ["admin", async () => ({ connection: "crm" })],
  "connections.check": ["operator", async () => ({ connection: "crm" })],
  "connections.remove": [
    "admin",
    async ({ perform }) => {
      await perform("connections.add", { name: "spare", connector: "hubspot" }, terminal);
      return { connection: "spare" };
    },
  ],
  "workspace.plan": ["admin", async () => ({ text: "", file: "w.yaml" })],
  "workspace.apply": ["admin", async () => ({ text: "", file: "w.yaml" })],
  "workspace.export": ["admin", async () => ({})],
  "digest.show": ["viewer", async () => ({})],
  "digest.set": ["operator", async () => ({ time: "08:00" })],
  "digest.off": ["operator", async () => ({})],
  "people.me": ["viewer", async () => ({})],
  "people.list": ["viewer", async () => ({})],
  "people.grant": ["admin", async () => ({ subject: "U0SOMEBODY", role: "viewer" })],
  "audit.list": ["admin", async () => ({})],
  health: ["viewer", async () => ({})],
};

const flow = "customers-to-books";
const toMessages = { from: "crm/contacts", to: "books/messages" };
const previewed = async ({ perform }: Room, name: string) =>
  (await perform("flows.preview", { flow: name }, admin)).id;
const only = async ({ registry }: World) => {
  const found = await registry.flow(flowName(flow));
  if (found === undefined) throw new Error("the room has a flow");
  return found;
};
/** An incident about a failure at a tool. */
async function failing({ world }: Room): Promise<string> {
  const failure = { event: "e", automation: { id: "1", name: "Zap" }, step: null, message: "No", page: null }; // prettier-ignore
  const about = { at: world.clock.now(), others: "stay" } as const;
  const [incident] = await world.failures.report(connectionName("books"), [failure], about);
  return incident?.id ?? "";
}

const started = async ({ perform }: Room) =>
  (await perform("runs.start", { flow: "customers-to-books" }, admin)).run;

const names = Object.keys(operations) as OperationName[];
const ranks: readonly Role[] = ["viewer", "operator", "admin"];
const people = { viewer, operator, admin };

/** The table pairs each name with its own input; the compiler cannot follow that through a loop. */
const ask = async (room: Room, name: OperationName, actor: typeof admin): Promise<unknown> => {
  const perform = room.perform as (
    name: OperationName,
    input: unknown,
    actor: typeof admin,
  ) => ReturnType<Perform>;
  return perform(name, await table[name][1](room), actor);
};

test.each(names)(
  "%s is done for those whose role allows it and refused to all others",
  async (name) => {
    const [needs] = table[name];
    for (const role of ranks) {
      const room = await makeRoom();
      const asked = ask(room, name, people[role]);
      if (ranks.indexOf(role) >= ranks.indexOf(needs)) await asked;
      else {
        await expect(asked).rejects.toThrow(NotAllowed);
        expect(room.audit.rows.at(-1)).toMatchObject({ operation: name, outcome: "refused" });
      }
    }
  },
);

test.each(names)("%s is refused to people of another workspace", async (name) => {
  const room = await makeRoom();
  const stranger = { kind: "slack", team: "T0OTHER", user: "U0ADMIN" } as const;
  expect(await room.refusal(ask(room, name, stranger))).toBe(
    "NotAllowed: Tieline answers people of its own workspace only.",
  );
});

test.each(names)(
  "%s leaves a row in the audit log if it changes or shows something",
  async (name) => {
    const room = await makeRoom();
    await ask(room, name, admin);
    const rows = room.audit.rows.filter(({ operation }) => operation === name);
    expect(rows.length).toBe(operations[name].audited === "never" ? 0 : 1);
    for (const row of rows) expect(row).toMatchObject({ actor: "U0ADMIN", outcome: "done" });
  },
);

test("what is refused says which role is needed and whom to ask", async () => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("runs.start", { flow: "customers-to-books" }, viewer))).toBe(
    "NotAllowed: Starting a run needs the operator role; you are a viewer. Ask @U0ADMIN for it.",
  );
});

test("the role is read when it is done, not before", async () => {
  const { perform, refusal } = await makeRoom();
  const start = () => perform("runs.start", { flow: "customers-to-books" }, operator);
  await start();
  await perform("people.grant", { subject: "U0OPERATOR", role: "none" }, admin);
  expect(await refusal(start())).toContain("you are a viewer");
});

test("a user group gives its members its role, and a group nobody can read gives nothing", async () => {
  const { perform, members, refusal } = await makeRoom();
  await perform("people.grant", { subject: "S0FINANCE", role: "operator" }, admin);
  await perform("people.grant", { subject: "S0GONE", role: "admin" }, admin);
  members.set("S0FINANCE", new Set(["U0GRACE"]));

  expect((await perform("people.me", {}, slack("U0GRACE"))).role).toBe("operator");
  members.clear();
  expect(await refusal(perform("digest.off", {}, slack("U0GRACE")))).toContain("you are a viewer");
});

test("the first person who uses it becomes admin and is told so once", async () => {
  const room = await makeRoom();
  room.people.all.length = 0;
  room.world.about.admins = [];
  await room.perform("flows.list", {}, slack("U0FIRST"));

  expect(await room.perform("people.me", {}, slack("U0FIRST"))).toEqual({
    role: "admin",
    first: true,
  });
  expect(await room.perform("people.me", {}, slack("U0FIRST"))).toEqual({
    role: "admin",
    first: false,
  });
  expect(await room.perform("people.me", {}, slack("U0NEXT"))).toEqual({
    role: "viewer",
    first: false,
  });
});

test("wrong input is one sentence that names the field and not the value", async () => {
  const { perform, refusal } = await makeRoom();
  const cases: [Promise<unknown>, string][] = [
    [
      perform("flows.get", { flow: "" }, admin),
      "flow must be the name of a flow, such as customers-to-books.",
    ],
    [
      perform("incidents.snooze", { incident: "i", hours: 900 }, admin),
      "hours must be a whole number of hours from 1 to 168, a week.",
    ],
    [perform("digest.set", { time: "25:00" }, admin), "time must be a time of day, such as 07:30."],
    [
      perform("people.grant", { subject: "ada", role: "admin" }, admin),
      "subject must be a person or a user group of this workspace.",
    ],
    [
      perform("connections.add", { name: "My CRM", connector: "hubspot" }, admin),
      "name must be 2 to 50 small letters, digits and hyphens, beginning with a letter.",
    ],
    [
      perform("letters.retry", {}, admin),
      "Say which: dead letters, an incident or a flow, and only one of these.",
    ],
    [
      perform("runs.start", { flow: "customers-to-books", ...{ ful: true } }, admin),
      "There is no ful here; did you mean full?",
    ],
  ];
  for (const [asked, sentence] of cases) expect(await refusal(asked)).toBe(`Mistake: ${sentence}`);
});
