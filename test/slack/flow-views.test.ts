import { expect, test } from "vitest";
import type { FlowVersion } from "#domain/flow.ts";
import type {
  FieldMove,
  FlowRemoval,
  FlowSamples,
  Preview,
  PreviewChange,
} from "#operations/contract.ts";
import { message, modalView } from "#slack/message.ts";
import { exported } from "#slack/views/exported.ts";
import { fieldForm } from "#slack/views/flow-form/field.ts";
import { fieldsForm } from "#slack/views/flow-form/fields.ts";
import { askRemoval, removed } from "#slack/views/flow-removal.ts";
import { flowVersions } from "#slack/views/flow-versions.ts";
import { inspectModal } from "#slack/views/inspect.ts";
import { previewPage, turnedOn } from "#slack/views/preview-page.ts";
import { buttonsIn } from "../commands/ask.ts";
import { end } from "./support/flow-choices.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { flow, flowStatus, letter, letterView, now, run } from "./support/samples.ts";

const text = (modal: Parameters<typeof modalView>[0]): string => JSON.stringify(modalView(modal));

const move = (field: string, how: FieldMove["how"]): FieldMove => ({
  ...{ field, label: field, personal: true, how },
});
const samples: FlowSamples = {
  flow,
  titles: { from: "HubSpot", to: "QuickBooks" },
  objects: { from: end("crm/contacts").object, to: end("books/customers").object },
  moves: [
    move("email", { kind: "same" }),
    move("phone", { kind: "from", field: "mobile", label: "Mobile" }),
    move("currency", { kind: "always", value: "EUR" }),
    move("name", { kind: "left_out" }),
    move("address.country", { kind: "nothing" }),
  ],
  records: [
    { title: "Ada", source: { email: "ada@example.com", mobile: "+33 1" }, target: { email: "ada@example.com", phone: "+33 1" } }, // prettier-ignore
    { title: "<!channel> *Bo*", source: { email: "<!here>" }, target: null },
  ],
  problem: null,
};

test("fields are shown with real records, source beside target, and data stays data", () => {
  const modal = fieldsForm(samples, ["Think about it."]);
  expectGoodModal(modal);
  const said = text(modal);
  expect(said).toContain("ada@example.com → ada@example.com");
  expect(said).toContain("from Mobile\\n+33 1 → +33 1");
  expect(said).toContain("&lt;!here&gt; → (not written)");
  expect(said).not.toContain("<!");
  expect(buttonsIn(modal.blocks)).toContain("flow-make.field customers-to-books 1 phone");
  const many = Array.from({ length: 300 }, (_, n) => move(`f${n}`, { kind: "same" }));
  const long = { title: "x".repeat(900), source: { f1: "v".repeat(9000) }, target: {} };
  const records = [long, long, long];
  expectGoodModal(fieldsForm({ ...samples, moves: many, records, problem: "z".repeat(2000) }));
});

test("a field can be filled otherwise, but what records are matched by is not left out", () => {
  for (const each of samples.moves) expectGoodModal(fieldForm(samples, each));
  const phone = text(fieldForm(samples, move("phone", { kind: "from", field: "mobile", label: "Mobile" }))); // prettier-ignore
  expect(phone).toMatch(/"initial_option":\{[^}]*"Mobile"[^}]*\},"value":"mobile"/);
  expect(phone).toContain("left_out");
  expect(text(fieldForm(samples, move("email", { kind: "same" })))).not.toContain("left_out");
});

const change = (n: number): PreviewChange => ({
  key: `${n}`,
  action: n % 2 === 0 ? "create" : "update",
  fields: {
    email: { from: null, to: `ada${n}@example.com` },
    name: { from: "Ada", to: "Bo" },
    "address.country": { from: "FR", to: "DE" },
  },
});
const preview: Preview = {
  ...{ id: "p1", flow: flow.name, version: 2, on: false, at: now, errors: [], warnings: [] },
  ...{ create: 6, update: 6, unchanged: 3, filtered: 0, delete: 0, conflict: 0, invalid: 0 },
  review: null,
  titles: { from: "HubSpot", to: "QuickBooks" },
  changes: Array.from({ length: 12 }, (_, n) => change(n)),
};

test("a preview is paged, masked, and turns on what it shows", () => {
  const pages = [0, 1, 2, 9].map((page) => previewPage(preview, page));
  pages.forEach(expectGoodModal);
  expect(
    pages.map((page) => buttonsIn(page.blocks).filter((one) => /previous|next/.test(one))),
  ).toEqual([
    ["flow-make.next p1 1"],
    ["flow-make.previous p1 0", "flow-make.next p1 2"],
    ["flow-make.previous p1 1"],
    ["flow-make.previous p1 1"],
  ]);
  expect(pages.map(text).join()).not.toMatch(/ada\d|Bo\b/);
  expect(text(previewPage(preview, 0))).toContain("Country: FR → DE");
  const invalid = { ...preview, changes: [{ ...change(1), action: "invalid" } as const] };
  expect(text(previewPage(invalid, 0))).not.toContain("DE");
  expect(pages[0]).toMatchObject({ submit: "Turn on", meta: { preview: "p1", accept: 0 } });
  expect(previewPage({ ...preview, warnings: ["Think."] }, 0)).toMatchObject({
    ...{ submit: "Turn on anyway", meta: { accept: 1 } },
  });
  for (const kept of [{ errors: ["No."] }, { on: true }])
    expect(previewPage({ ...preview, ...kept }, 0).submit).toBeNull();
  expectGoodModal(previewPage({ ...preview, changes: [] }, 0));
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, { from: "x".repeat(500), to: null }])); // prettier-ignore
  expectGoodModal(previewPage({ ...preview, warnings: Array.from({ length: 40 }, () => "w".repeat(900)), changes: [{ ...change(1), fields: wide }] }, 0)); // prettier-ignore
  expectGoodModal(turnedOn(flowStatus));
  expectGoodModal(turnedOn({ ...flowStatus, next: null }));
});

test("versions lead back to each but the one in use", () => {
  const version = (n: number): FlowVersion => ({
    ...{ flow: flow.name, version: n, plan: flow, by: "U1AB", at: now, what: "w".repeat(900) },
  });
  const versions = Array.from({ length: 20 }, (_, n) => version(20 - n));
  const said = flowVersions({ flow: { ...flow, version: 20 }, versions, more: 3 });
  expectGoodMessage(said);
  const buttons = buttonsIn(said.blocks).filter((one) => one.startsWith("flow.use-version"));
  expect(buttons).toHaveLength(19);
  expect(buttons).not.toContain("flow.use-version customers-to-books 20");
});

test("what removing undoes is said before it is done", () => {
  const removal: FlowRemoval = { flow, current: null, openLetters: 7, links: 480, unused: ["crm"] };
  const asked = askRemoval(removal);
  expectGoodMessage(asked);
  expect(asked.text).toMatch(/7 open dead letters are discarded\.\nIt forgets which 480 records/);
  expect(buttonsIn(asked.blocks)).toEqual(["flow.remove customers-to-books"]);
  const running = askRemoval({ ...removal, current: { ...run, state: { kind: "running" } } });
  expect(buttonsIn(running.blocks)).toEqual(["flow.cancel customers-to-books"]);
  expectGoodMessage(removed(removal));
});

test("an export of any length is a message that Slack takes", () => {
  expectGoodMessage(message(exported("flows:\n  a:\n    from: b/c\n")));
  expectGoodMessage(message(exported("flows:\n".repeat(20_000))));
});

test("a dead letter that was tried as another version says so, and can be retried as that", () => {
  const old = inspectModal({ ...letterView, letter: { ...letter, flowVersion: 3 } });
  expectGoodModal(old);
  expect(text(old)).toContain("tried as version 3 of the flow; a retry writes as version 1");
  expect(buttonsIn(old.blocks)).toContain(`letter.retry-as ${letter.id} 3`);
  for (const flowVersion of [1, null])
    expect(text(inspectModal({ ...letterView, letter: { ...letter, flowVersion } }))).not.toContain("as version"); // prettier-ignore
});
