import { expect, test } from "vitest";
import type { RetryPlan } from "#operations/contract.ts";
import { argumentsText } from "#slack/command/command.ts";
import {
  connection,
  digest,
  facts,
  flowStatus,
  incidentView,
  letter,
  letterView,
  run,
} from "../slack/support/samples.ts";
import { history } from "../slack/support/approvals.ts";
import { ask, commands } from "./ask.ts";

const few: RetryPlan = { flow: run.flow, incident: null, records: 3, undecided: 0, calls: 3, minutes: null, left: [], short: null, titles: { from: "HubSpot", to: "QuickBooks" } }; // prettier-ignore
const open = { letters: [{ letter, title: "Ada Lovelace" }], total: 3400 };

test("the list of what is open masks every name and says how many there are", async () => {
  const { text, buttons } = await ask("/dlq list customers-to-books", {
    "letters.list": open,
    "incidents.list": [incidentView],
  });
  expect(text).toContain("3,400 records open in customers-to-books");
  expect(text).toContain("A••• L•••");
  expect(text).not.toMatch(/Lovelace|ada@/);
  expect(buttons).toContain(`letter.inspect ${letter.id}`);
});

test("nothing open is said in one line", async () => {
  const none = { letters: [], total: 0 };
  const { text } = await ask("/dlq", { "letters.list": none, "incidents.list": [] });
  expect(text).toContain("/dlq list");
  const { text: listed } = await ask("/dlq list", { "letters.list": none, "incidents.list": [] });
  expect(listed).toBe("✓ Nothing is open.");
});

test("a record is shown in a modal, in full", async () => {
  const { modal, text } = await ask(`/dlq show ${letter.id}`, { "letters.show": letterView });
  expect(modal?.form).toBe("letter.retry");
  expect(text).toContain("ada@example.com");
});

test("a retry by flow or by id says how many were taken, and who has the others", async () => {
  const outcome = { run, taken: 2, busy: [{ id: "x", by: "U024BE8RM" }], undecided: 0 };
  const flow = await ask("/dlq retry customers-to-books", {
    "letters.plan": few,
    "letters.retry": outcome,
  });
  expect(flow.performed.at(-1)?.input).toEqual({ flow: "customers-to-books" });
  expect(flow.text).toContain("Retrying 2 records of customers-to-books. 1 other");

  const one = await ask(`/dlq retry ${letter.id.toUpperCase()}`, {
    "letters.retry": {
      run: null,
      taken: 0,
      busy: [{ id: letter.id, by: "U024BE8RM" }],
      undecided: 0,
    },
  });
  expect(one.performed[0]?.input).toEqual({ letters: [letter.id] });
  expect(one.text).toContain("Already being retried by <@U024BE8RM>");
});

test("a retry of a flow says how many it left out, because they may have been written already", async () => {
  const { text } = await ask("/dlq retry customers-to-books", {
    "letters.plan": { ...few, undecided: 3 },
    "letters.retry": { run, taken: 2, busy: [], undecided: 3 },
  });
  expect(text).toContain("3 records may have been written already and are left out");
});

test("a discard needs its reason and keeps it", async () => {
  const { text } = await ask(`/dlq discard ${letter.id}`);
  expect(text).toContain("also needs reason…");
  const { performed } = await ask(`/dlq discard ${letter.id} test data, agreed with sales`, {
    "letters.discard": { discarded: 1 },
  });
  expect(performed[0]?.input).toEqual({
    letters: [letter.id],
    reason: "test data, agreed with sales",
  });
});

test("connecting a tool always opens the form", async () => {
  for (const line of ["/connector add", "/connector add crm", "/connector crm add"]) {
    const { modal, text } = await ask(line, { "connectors.list": [facts] });
    expect(modal?.form).toBe("connection.choose");
    expect(text).toContain("HubSpot");
  }
});

test("registering opens its form, for those who may; versions say what was registered", async () => {
  const { modal, performed } = await ask("/connector register", { "connectors.list": [facts] });
  expect(modal?.form).toBe("connector.register");
  expect(performed.map(({ name }) => name)).toEqual(["connectors.list"]);
  const { text, buttons } = await ask("/connector versions HelpDesk", {
    "connectors.versions": history,
  });
  expect(text).toMatch(/\*Version 2\* · in use/);
  expect(buttons).toContain("connector.use helpdesk 1");
  expect((await ask("/connector versions")).text).toContain("also needs NAME");
});

test("connections show the one next step each needs", async () => {
  const { text, buttons } = await ask("/connector list", { "connections.list": [connection] });
  expect(text).toContain("● *Not signed in*  *crm*  HubSpot");
  expect(buttons).toEqual(["connection.invite crm", "connection.add new"]);
});

test("a check says what is wrong in the tool's words", async () => {
  const health = { ok: false, problem: "401 <!channel> expired" } as const;
  const { text } = await ask("/connector check crm", {
    "connections.check": { ...connection, health },
  });
  expect(text).toContain("*crm* does not work");
  expect(text).toContain("401 &lt;!channel&gt; expired");
});

test("removing a connection asks once more", async () => {
  const { performed, buttons } = await ask("/connector remove crm");
  expect(performed).toEqual([]);
  expect(buttons).toEqual(["connection.remove crm"]);
});

test.each([
  [
    "/digest set #integrations 8:30 Europe/Paris",
    { channel: "#integrations", time: "08:30", zone: "Europe/Paris" },
  ],
  [
    "/digest set europe/paris 0830 <#C024BE8LT|integrations>",
    { channel: "C024BE8LT", time: "08:30", zone: "Europe/Paris" },
  ],
  ["/digest set", {}],
])("%s sets what it says", async (line, input) => {
  const { performed, text } = await ask(line, { "digest.set": digest.settings });
  expect(performed[0]?.input).toEqual(input);
  expect(text).toContain("each day at 08:00 (Europe/Paris)");
});

test("the digest is shown to everybody, what needs a person first", async () => {
  const { text, seenBy, message } = await ask("/digest now", { "digest.show": digest });
  expect(seenBy).toBe("everybody");
  expect(text.indexOf("Likely fix")).toBeLessThan(text.indexOf("18,220 records"));
  expect(text).toContain("99.9 %");
  expect(text).toContain("Quiet: invoices-to-hub, tasks-to-monday");
  expect(message?.picture?.alt).toContain("customers-to-books");
});

test("roles are given to people and groups as Slack escapes them", async () => {
  const grants = { grants: [] };
  const person = await ask("/tieline roles <@U024BE8RM|ravi> Operator", { "people.grant": grants });
  expect(person.performed[0]?.input).toEqual({ subject: "U024BE8RM", role: "operator" });
  const group = await ask("/tieline roles none <!subteam^S024BE7LG|@integrations>", {
    "people.grant": grants,
  });
  expect(group.performed[0]?.input).toEqual({ subject: "S024BE7LG", role: "none" });
});

test("health, roles and audit are messages Slack takes", async () => {
  const health = await ask("/tieline health", {
    health: {
      version: "0.1.0",
      upSince: letter.firstSeen,
      database: { kind: "embedded", ok: true, detail: "12 MB" },
      queue: { running: 1, waiting: 0 },
      outbox: { waiting: 12 },
      slack: { mode: "socket", connected: true },
      connections: [{ name: "crm", title: "HubSpot", signedIn: false }],
    },
  });
  expect(health.text).toContain("not signed in: crm");
  const subject = { kind: "user", id: "U024BE8RM" } as const;
  const roles = await ask("/tieline roles", {
    "people.list": { grants: [{ subject, role: "operator" }], admins: ["U024BE7LH"] },
  });
  expect(roles.text).toContain("<@U024BE8RM>");
  const audit = await ask("/tieline audit", {
    "audit.list": { entries: [], rows: 3, broken: 2, head: "abc" },
  });
  expect(audit.text).toContain("Broken at entry 2");
});

test.each([
  "/connector add crm xoxb-12345-abcdef",
  "/connector check sk_live_51Habc",
  "/sync run pat-na1-0b0f",
  "/dlq list eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
  "/connector add crm 8f14e45fceea167a5a36dedd4bea2543",
])("%s is refused as a secret, performed nowhere and logged nowhere", async (line) => {
  const { text, performed, logged } = await ask(line);
  expect(text).toContain("rotate it");
  expect(text).not.toContain(line.split(" ").at(-1));
  expect([...performed, ...logged]).toEqual([]);
});

test("ids, long flow names and channels are no secrets", async () => {
  const name = "customers-to-books-2026-of-the-northern-subsidiary";
  const { performed } = await ask(`/sync status ${name}`, { "flows.get": flowStatus });
  expect(performed).toHaveLength(1);
});

test.each(commands.flatMap((command) => command.verbs.map((verb) => [command, verb] as const)))(
  "$0.name $1.verb has a summary and an example that it understands itself",
  async (command, verb) => {
    expect(verb.summary).toMatch(/\.$/);
    expect(verb.example.startsWith(verb.verb)).toBe(true);
    expect(argumentsText(verb)).not.toContain("undefined");
    const { text } = await ask(`${command.name} ${verb.example}`).catch((error: unknown) => ({
      text: String(error),
    }));
    expect(text).not.toMatch(/has no “|also needs/);
  },
);

test("help of the whole names every command", async () => {
  const { text, buttons } = await ask("/tieline");
  for (const { name } of commands) expect(text).toContain(name);
  expect(buttons).toContain("command.run /dlq list");
});
