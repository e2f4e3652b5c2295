import { expect, test } from "vitest";
import type { FlowIncident } from "#domain/incident.ts";
import type { FlowIncidentView, LetterView } from "#operations/contract.ts";
import { homeView } from "#slack/views/home.ts";
import { incidentCard } from "#slack/views/incident-card.ts";
import { inspectModal } from "#slack/views/inspect.ts";
import { letterList } from "#slack/views/letters.ts";
import { flowList } from "#slack/views/flow-list.ts";
import { digestMessage } from "#slack/views/digest.ts";
import { describeConnection } from "#slack/views/connection-form.ts";
import { retriedModal } from "#slack/views/retried.ts";
import { runCard } from "#slack/views/run-card.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodHome, expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import * as samples from "./support/samples.ts";

const { incidentView, incident, letterView, letter, now, ago, run, flowStatus, digest } = samples;

const card = (change: Partial<FlowIncident>, view: Partial<FlowIncidentView> = {}) => {
  const message = incidentCard(
    { ...incidentView, ...view, incident: { ...incident, ...change } },
    now,
  );
  expectGoodMessage(message);
  return message;
};

test("a card says what failed, how many, since when, the fix and the owner", () => {
  const { text, blocks } = card({});
  expect(text.split("\n")).toEqual([
    "● *Needs a hand*  *customers-to-books* · 7 records",
    'QuickBooks: Another customer is already using the name "A••• L•••" (a•••@e•••.com).  (Name, 6240)',
    expect.stringMatching(
      /^7 of 493 records since <!date.+>; the other 486 went through\. Next run at/,
    ),
    "Likely fix: link to the existing customer, or give this one another name.",
    "Owner: <@U024BE7LH>",
  ]);
  expect(buttonsIn(blocks)).toEqual([
    `incident.inspect ${incident.id}`,
    `incident.retry ${incident.id}`,
    "incident.more",
  ]);
});

test("a later run that did not read these records is no measure for them", () => {
  const later = { ...run, counts: { ...run.counts, read: 9, deadLettered: 0 } };
  expect(card({}, { last: later }).text).toMatch(/^7 records since <!date[^;]+> *[^;]*$/m);
});

test.each<[string, Partial<FlowIncident>, Partial<FlowIncidentView>, RegExp]>([
  [
    "partly fixed",
    { open: 2, written: 5 },
    {},
    /◐ \*Partly fixed\*[\s\S]*2 of 7 records still open since .+; 5 written/,
  ],
  ["snoozed", { state: { kind: "snoozed", until: now, by: "U1" } }, {}, /○ \*Snoozed until/],
  [
    "fixed",
    { state: { kind: "closed", at: now, by: "U024BE8RM" }, open: 0, written: 7 },
    {},
    /✓ \*Fixed\*[\s\S]*7 of 7 written\. Settled by <@U024BE8RM>/,
  ],
  [
    "closed",
    { state: { kind: "closed", at: now, by: "U1" }, open: 0, discarded: 7 },
    {},
    /■ \*Closed\*[\s\S]*7 discarded/,
  ],
  [
    "retrying",
    {},
    {
      samples: [
        { letter: { ...letter, state: { kind: "retrying", by: "U1", since: now } }, title: "x" },
      ],
    },
    /↻ \*Retrying\*/,
  ],
])("a card that is %s says so in a word", (_state, change, view, expected) => {
  expect(card(change, view).text).toMatch(expected);
});

test("a card is at most as tall when it is settled, and never asks for anything then", () => {
  const open = card({});
  const closed = card({ state: { kind: "closed", at: now, by: "Tieline" }, open: 0, written: 7 });
  expect(closed.blocks.length).toBeLessThan(open.blocks.length);
  expect(buttonsIn(closed.blocks)).toEqual([]);
});

test("a flow that cannot go on has a card of its own, with the way out", () => {
  const message = incidentCard(samples.systemicView, now);
  expectGoodMessage(message);
  expect(message.text).toMatch(/● \*Stopped\*[\s\S]*does not accept the credential/);
  expect(buttonsIn(message.blocks)).toContain("command.run /connector list");
});

const hostile = [
  "<!channel> <!here> <@U024BE7LH> <!subteam^S024BE7LG>",
  "<https://evil.example|https://app.hubspot.com>",
  "```rm -rf``` `code` *bold* _it_ ~no~ :tada:",
  "&lt;!channel&gt; &amp;",
  "\u202egnp.exe\u2066\u200b\u0000\n\r\n> quote",
  "x".repeat(5000),
  "",
  "😀".repeat(1600),
];

test.each(hostile)("hostile data %# stays data wherever it is shown", (evil) => {
  const problem = {
    ...letter.problem,
    message: evil,
    code: evil.slice(0, 40),
    candidates: [{ id: evil.slice(0, 60) || "1", title: evil }],
  };
  const poisoned = {
    ...letter,
    problem,
    fields: { name: evil, email: evil },
    history: [{ at: now, by: evil, what: evil }],
  };
  const field = {
    ...samples.nameField,
    value: evil.slice(0, 3000),
    label: evil.slice(0, 100) || "Name",
  };
  const view: LetterView = {
    ...letterView,
    letter: poisoned,
    title: evil || "-",
    wrong: [field],
    record: [field],
    toolTitle: evil.slice(0, 60),
  };
  const subject = { kind: "cause", direction: "write", object: "x", problem } as const;
  const incidents = [
    {
      ...incidentView,
      incident: { ...incident, subject },
      samples: [view],
      fix: evil,
      toolTitle: evil.slice(0, 60),
    },
  ];

  const messages = [
    incidentCard(incidents[0] ?? incidentView, now),
    letterList({ letters: [view], total: 1 }, incidents, null, now),
    digestMessage({ ...digest, incidents }),
    runCard({ ...run, state: { kind: "failed", reason: evil } }, now),
  ];
  messages.forEach(expectGoodMessage);
  expectGoodModal(inspectModal(view));
  expectGoodHome(
    homeView(
      { me: { role: "admin", first: true }, flows: [flowStatus], incidents, connections: [] },
      now,
    ),
  );

  const markup = messages.flatMap(({ text, blocks }) => [text, ...mrkdwnIn(blocks)]).join("\n");
  expect(markup.replaceAll("<@U024BE7LH>", "")).not.toMatch(
    /<!(channel|here|everyone|subteam)|<https?:|<@/,
  );
  expect(markup).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000]/);
  expect(JSON.stringify(messages)).not.toMatch(/"link_names"|"parse"/);
});

test("what a person typed into a hostile field comes back letter for letter in its input", () => {
  const evil = "<!channel> *x*";
  const view = { ...letterView, wrong: [{ ...samples.nameField, value: evil }] };
  expect(JSON.stringify(inspectModal(view))).toContain(`"initial_value":${JSON.stringify(evil)}`);
});

test("two records that match are a choice, and nothing is chosen for anybody", () => {
  const candidates = [
    { id: "67", title: "Ada Lovelace" },
    { id: "68", title: "A. Lovelace", about: "al@example.com, Paris" },
  ];
  const problem = { ...letter.problem, class: "ambiguous_match", candidates } as const;
  const modal = inspectModal({ ...letterView, letter: { ...letter, problem }, wrong: [] });
  expectGoodModal(modal);
  const text = JSON.stringify(modal.blocks);
  expect(text).toContain("radio_buttons");
  expect(text).toContain("A. Lovelace (68)");
  expect(text).toContain("al@example.com, Paris");
  expect(modal.submit).toBe("Link");
  expect(text).toContain('"action_id":"letter.separate"');
  expect(text).not.toContain("initial_option");
});

test("a field of thousands of characters and a record of many fields still fit", () => {
  const many = Array.from({ length: 300 }, (_, n) => ({
    ...samples.nameField,
    name: `f${n}`,
    value: "v".repeat(400),
  }));
  const long = { ...samples.nameField, value: "v".repeat(9000) };
  expectGoodModal(inspectModal({ ...letterView, record: many, wrong: [long, ...many] }));
  expect(JSON.stringify(inspectModal({ ...letterView, wrong: [long] }))).toContain(
    "9,000 characters",
  );
});

test.each(["written", "superseded", "discarded", "retrying", "open"] as const)(
  "after a retry a record that is %s is shown as that",
  (kind) => {
    const states = {
      written: { kind: "written", by: "U1", at: now },
      superseded: { kind: "superseded", at: now },
      discarded: { kind: "discarded", by: "U1", reason: "test", at: now },
      retrying: { kind: "retrying", by: "U1", since: now },
      open: { kind: "open" },
    } as const;
    const modal = retriedModal({ ...letterView, letter: { ...letter, state: states[kind] } });
    expectGoodModal(modal);
    expect(modal.submit).toBe(kind === "open" ? "Retry" : null);
    if (kind === "written") expect(JSON.stringify(modal)).toContain("letter.next");
  },
);

test("progress says how far it is and how long it may still take", () => {
  const counts = {
    ...run.counts,
    read: 3400,
    created: 212,
    updated: 0,
    unchanged: 3185,
    deadLettered: 3,
  };
  const running = {
    ...run,
    state: { kind: "running" } as const,
    counts,
    total: 5000,
    startedAt: ago(1),
    endedAt: null,
  };
  const message = runCard(running, now);
  expectGoodMessage(message);
  expect(message.text).toBe(
    "▶ *Running*  *customers-to-books*\n▓▓▓▓▓▓░░░░  3,400 of about 5,000 · 212 written · 3 need a hand · about 28 s left",
  );
  expect(buttonsIn(message.blocks)).toEqual(["flow.cancel customers-to-books"]);
});

test("lists of a thousand are cut to what Slack takes, and say so", () => {
  const flows = Array.from({ length: 1000 }, () => flowStatus);
  const incidents = Array.from({ length: 1000 }, () => incidentView);
  const connections = Array.from({ length: 1000 }, () => samples.connection);
  const list = flowList(flows, now);
  expectGoodMessage(list);
  expect(list.text).toContain("1,000 flows");
  expectGoodHome(
    homeView({ me: { role: "viewer", first: false }, flows, incidents, connections }, now),
  );
  expectGoodMessage(
    digestMessage({ ...digest, incidents, quiet: flows.map(({ flow }) => flow.name) }),
  );
});

test("somebody new is told what to do first", () => {
  const blocks = homeView(
    { me: { role: "admin", first: true }, flows: [], incidents: [], connections: [] },
    now,
  );
  expectGoodHome(blocks);
  expect(JSON.stringify(blocks)).toContain("What to do first");
  expect(buttonsIn(blocks)).toContain("connection.add new");
});

test("the form of a connection asks what the manifest asks, and never for the secret itself", () => {
  const short = describeConnection(samples.facts, "crm");
  expectGoodModal(short);
  expect(JSON.stringify(short)).toContain("Portal id");
  expect(JSON.stringify(short)).not.toContain("env:NAME");
  const modal = describeConnection(samples.facts, "crm", true);
  expectGoodModal(modal);
  const text = JSON.stringify(modal);
  expect(text).toContain("Portal id");
  expect(text).toContain("env:NAME or file:NAME");
  expect(text).toContain("never typed here");
});

function mrkdwnIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(mrkdwnIn);
  if (typeof node !== "object" || node === null) return [];
  const one = node as Record<string, unknown>;
  if (one["type"] === "mrkdwn") return [String(one["text"])];
  return Object.values(one).flatMap(mrkdwnIn);
}
