import { expect, test } from "vitest";
import type { ApprovalState } from "#domain/approval.ts";
import type { ApprovalView, ConnectorReview } from "#operations/contract.ts";
import { approvalAnswer, approvalCard } from "#slack/views/approval-card.ts";
import { approvalText } from "#slack/views/approval-text.ts";
import { registerForm, reviewForm } from "#slack/views/connector-form.ts";
import { connectorVersions } from "#slack/views/connector-versions.ts";
import { modalView } from "#slack/message.ts";
import { buttonsIn } from "../commands/ask.ts";
import { helpdesk } from "../support/manifest.ts";
import { approval, history, request, review, update } from "./support/approvals.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { now } from "./support/samples.ts";

const about = (change: Partial<ConnectorReview>, more: Partial<ApprovalView["about"]> = {}) => ({
  ...request,
  about: { ...request.about, review: { ...review, ...change }, ...more },
});
const lineOf = (text: string, pattern: RegExp): number =>
  text.split("\n").findIndex((line) => pattern.test(line));

test("the card says what is asked for, by whom, of whom, and carries the hash of what it shows", () => {
  const card = approvalCard(request);
  expectGoodMessage(card);
  expect(card.text.split("\n")).toEqual([
    "◔ *Needs a second admin*  *Help desk* · a new connector",
    "Asked for by <@U024BE7LH>: for support",
    "*Talks to*  api.helpdesk.example and login.helpdesk.example",
    "*Leads people to*  login.helpdesk.example",
    "*Scopes*  people.read",
    "*Objects*  people (customer: read whole)",
    expect.stringMatching(/^<@U024BE8RM> or <!subteam\^S024BE7LG> can approve it, within 24 hours\. {2}Fingerprint Zm9yLXRoaXMt\.$/),
  ]); // prettier-ignore
  expect(buttonsIn(card.blocks)).toEqual([
    `approval.approve ${approval.id} ${approval.hash}`,
    `approval.refuse ${approval.id} ${approval.hash}`,
    `approval.read ${approval.id}`,
  ]);
});

test("of an update the new hosts and scopes come first, then who is concerned", () => {
  const card = approvalCard(about(update));
  expectGoodMessage(card);
  const order = [/New hosts\*  api2/, /New scopes\*  people\.write/, /credentials of desk would go/, /Would stop\*  people-to-books/, /Talks to/, /No longer\*  api\.helpdesk/, /new region/]; // prettier-ignore
  const places = order.map((pattern) => lineOf(card.text, pattern));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(card.text).toContain("instead of version 2");
});

test("the only admin is told so, and how to have another", () => {
  for (const said of [
    approvalCard({ ...request, approvers: [] }).text,
    JSON.stringify(reviewForm({ ...request, approvers: [] })),
  ])
    expect(said).toMatch(/Nobody else is an admin here.*`\/tieline roles @somebody admin`/);
});

test.each<[string, ApprovalState, boolean, RegExp]>([
  ["expired", { kind: "waiting", until: now }, true, /^○ \*Expired\*[\s\S]*nobody decided by/],
  [
    "approved",
    { kind: "approved", by: "U024BE8RM", at: now, done: true },
    false,
    /^✓ \*Approved\*[\s\S]*approved by <@U024BE8RM>.*Version 3/,
  ],
  [
    "refused",
    { kind: "refused", by: "U024BE8RM", at: now },
    false,
    /^■ \*Refused\*[\s\S]*refused by <@U024BE8RM>/,
  ],
  ["taken back", { kind: "refused", by: "U024BE7LH", at: now }, false, /^■ \*Taken back\*/],
  ["replaced", { kind: "replaced", at: now }, false, /^■ \*Void\*[\s\S]*something newer/],
])("a request that is %s says so, is short and asks nothing any more", (_what, state, expired, said) => {
  const view = { ...request, approval: { ...approval, state }, expired };
  const card = approvalCard({ ...view, about: { ...view.about, version: 3 } });
  expectGoodMessage(card);
  expect(card.text).toMatch(said);
  expect(card.text.split("\n")).toHaveLength(2);
  expect(buttonsIn(card.blocks)).toEqual([]);
  const answer = approvalAnswer(view);
  if (answer) expectGoodMessage(answer);
  expect(answer !== undefined).toBe(state.kind === "approved" || state.kind === "refused");
}); // prettier-ignore

test("going back says where to", () => {
  expect(approvalCard(about(update, { backTo: 1 })).text).toContain("back to version 1");
  expect(approvalCard(about(update, { backTo: 0, text: null })).text).toContain(
    "back to what comes with Tieline",
  );
});

test("the manifest is shown letter for letter, to the last line", () => {
  const modal = approvalText(request);
  expectGoodModal(modal);
  const texts = modal.blocks.filter(({ type }) => type === "rich_text");
  const shown = [...JSON.stringify(texts).matchAll(/"type":"text","text":("(?:[^"\\]|\\.)*")/g)]
    .map(([, text]) => JSON.parse(text ?? "") as string)
    .join("");
  expect(shown).toBe(helpdesk);
  const large = `${helpdesk}${"# a comment that says nothing at all, for the size\n".repeat(1200)}`;
  expectGoodModal(approvalText(about({}, { text: large })));
  const odd = `${helpdesk}# \u202e${"\u200b".repeat(60_000)}`;
  const view = modalView(approvalText(about({}, { text: odd })));
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
  expect(JSON.stringify(view)).not.toMatch(/[\u202e\u200b]/);
});

test("each problem stands with its line, as many as fit, and the rest is counted", () => {
  const text = `connector: helpdesk\n\tbad: "${"x".repeat(500)}"\n`;
  const problems = Array.from({ length: 300 }, (_, n) => ({
    line: 2,
    column: n + 2,
    message: "This name is not accepted here",
  }));
  const form = registerForm(2, { problems, text });
  expectGoodModal(form);
  const said = JSON.stringify(form);
  expect(said).toContain("*300 problems*");
  expect(said).toContain("Line 2, column 2");
  expect(said).toContain("  This name is not accepted here.");
  expect(said).toContain("And 220 more.");
  expect(form.blocks.filter(({ type }) => type === "input")).toHaveLength(3);
  expect(said).toContain('"block_id":"file:2"');
});

test("a line is quoted around its place, with a mark under it", () => {
  const text = `a: 1\nb: ${"y".repeat(100)}HERE${"z".repeat(100)}\n`;
  const quoted = (column: number, line = 2): string[] => {
    const form = registerForm(2, { problems: [{ line, column, message: "x" }], text });
    const found = /"rich_text_preformatted","elements":\[\{"type":"text","text":("[^"]*")/.exec(JSON.stringify(form.blocks)); // prettier-ignore
    return (JSON.parse(found?.[1] ?? '""') as string).split("\n");
  };
  const [line = "", mark = ""] = quoted(104);
  expect(line).toMatch(/^…y{60}HEREz{56}…$/);
  expect(line.slice(mark.indexOf("^"))).toMatch(/^HERE/);
  expect(quoted(1, 1)).toEqual(["a: 1", "^"]);
  expect(quoted(99, 1)).toEqual(["a: 1", "    ^"]);
  expect(quoted(1, 999)).toEqual(["", "^"]);
});

test("hostile manifests stay data, and nothing new is hidden by being much", () => {
  const evil = "<!channel> <https://evil|good> *x* `y` \u202e";
  const hosts = Array.from({ length: 500 }, (_, n) => `h${n}.${"a".repeat(230)}.evil.example`);
  const facts = { ...review.facts, title: evil, about: evil, objects: review.facts.objects.map((one) => ({ ...one, title: evil })) }; // prettier-ignore
  const big = { hosts, pages: hosts, scopes: hosts };
  const hostile = about({ ...update, facts, reach: big, added: big, changes: [evil], stops: [evil] }, { title: evil, note: evil }); // prettier-ignore
  const card = approvalCard(hostile);
  expectGoodMessage(card);
  expectGoodModal(reviewForm(hostile));
  expectGoodModal(approvalText(hostile));
  expect(card.text.replaceAll("<!subteam^S024BE7LG>", "")).not.toMatch(/<!|<https|\u202e/);
  expect(card.text).toMatch(/New hosts\*.*\.evil\.example.* and 481 more/);
});

test("versions say who, when, by whom approved and why, and each has its way back", () => {
  const shown = connectorVersions(history);
  expectGoodMessage(shown);
  expect(shown.text).toMatch(/\*Version 2\* · in use/);
  expect(shown.text).toMatch(/by <@U024BE7LH>, approved by <@U024BE8RM> · 0123456789ab/);
  expect(shown.text).toContain("asked for by <@U024BE7LH>, waits for a second admin");
  expect(JSON.stringify(shown.blocks)).toContain("Ask for version 1");
  expect(buttonsIn(shown.blocks)).toEqual([
    "connector.use helpdesk 1",
    "connector.register helpdesk",
    "connector.remove helpdesk",
  ]);
  const ours = { version: 0, registered: null, needsApproval: false, problem: null };
  const used = { ...history, versions: [...history.versions, ours], connections: ["desk"] };
  expect(buttonsIn(connectorVersions(used).blocks)).not.toContain("connector.remove helpdesk");
  const many = Array.from({ length: 16 }, (_, n) => ({ ...history.versions[0], version: n + 1 }) as typeof ours); // prettier-ignore
  expectGoodMessage(connectorVersions({ ...history, current: null, versions: many, more: 400 }));
});
