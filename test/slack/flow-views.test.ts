import { expect, test } from "vitest";
import type { FlowPlan, FlowVersion } from "#domain/flow.ts";
import type {
  FieldMove,
  FlowChoices,
  FlowEnd,
  FlowRemoval,
  FlowSamples,
  Preview,
  PreviewChange,
} from "#operations/contract.ts";
import { wordsFrom } from "#slack/actions/flow-words.ts";
import { modalView } from "#slack/message.ts";
import { exported } from "#slack/views/exported.ts";
import { beginForm } from "#slack/views/flow-form/begin.ts";
import { fieldForm } from "#slack/views/flow-form/field.ts";
import { fieldsForm } from "#slack/views/flow-form/fields.ts";
import { rulesForm, type RulesAbout } from "#slack/views/flow-form/rules.ts";
import { askRemoval, removed } from "#slack/views/flow-removal.ts";
import { flowVersions } from "#slack/views/flow-versions.ts";
import { message } from "#slack/message.ts";
import { previewPage, turnedOn } from "#slack/views/preview-page.ts";
import { hubspot, quickbooks } from "../operations/support/tools.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { flow, flowStatus, now, run } from "./support/samples.ts";

const endsOf = (connection: string, { title, objects }: typeof hubspot): FlowEnd[] =>
  objects.map((object) => ({ end: `${connection}/${object.name}`, connection, title, object }));
const choices: FlowChoices = {
  ends: [...endsOf("crm", hubspot), ...endsOf("books", quickbooks)],
  names: ["customers-to-books"],
  zone: "Europe/Paris",
  channel: "#integrations",
};
const end = (name: string): FlowEnd => {
  const found = choices.ends.find((one) => one.end === name);
  if (found === undefined) throw new Error(`no end ${name}`);
  return found;
};
const text = (modal: Parameters<typeof modalView>[0]): string => JSON.stringify(modalView(modal));

test("only ends that work together are offered", () => {
  const first = beginForm(choices, { from: "", to: "", name: "" });
  expectGoodModal(first);
  expect(text(first)).not.toContain("books/mailbox");
  const second = beginForm(choices, { from: "crm/contacts", to: "", name: "mine" });
  expectGoodModal(second);
  expect(text(second)).toContain("books/mailbox");
  expect(text(second)).toMatch(/"block_id":"to:customer"/);
  expect(text(second)).not.toMatch(/"value":"crm\/forms"[^]*"value":"crm\/forms"/);
  expectGoodModal(beginForm({ ...choices, ends: [] }, { from: "", to: "", name: "" }));
});

test("a hundred connections with every object still fit", () => {
  const many = Array.from({ length: 120 }, (_, n) => endsOf(`c${n}`, quickbooks)).flat();
  expectGoodModal(
    beginForm({ ...choices, ends: many }, { from: "c1/customers", to: "", name: "" }),
  );
});

const about: RulesAbout = {
  name: "customers-to-books",
  from: end("crm/contacts"),
  to: end("books/customers"),
  flow: null,
  zone: "Europe/Paris",
  asker: "U024BE7LH",
};

test("the rules of a flow have defaults that work, and offer nothing that does not", () => {
  const modal = rulesForm(about, { warnings: [] });
  expectGoodModal(modal);
  const said = text(modal);
  expect(said).toMatch(/"initial_option":\{"text":[^}]*"E-mail"[^}]*\},"value":"email"/);
  expect(said).not.toContain("When something changes there");
  expect(said).toContain("Is archived in QuickBooks");
  const toldOf = rulesForm({ ...about, from: end("books/messages"), to: end("crm/contacts") }, { warnings: [] }); // prettier-ignore
  expectGoodModal(toldOf);
  expect(text(toldOf)).toMatch(/"initial_option":\{[^}]*"When something changes there"/);
  const keyed = rulesForm({ ...about, to: end("books/messages") }, { warnings: [] });
  expect(text(keyed)).not.toContain('"block_id":"match"');
  const mailbox = rulesForm({ ...about, to: end("books/mailbox") }, { warnings: [] });
  expectGoodModal(mailbox);
  expect(text(mailbox)).toContain("cannot be searched by anything");
  expect(text(mailbox)).not.toContain('"block_id":"deletes"');
});

const whole: FlowPlan = {
  ...flow,
  match: ["email", "name"],
  where: { subscription: "subscribed", "address.country": null },
  map: { phone: "mobile" },
  set: { currency: "EUR" },
  deletes: "archive",
  trigger: { kind: "cron", cron: "5 6 * * *", zone: "Europe/Berlin" },
  window: { from: "22:00", to: "06:00", zone: "Europe/Berlin" },
};

/** What a form holds when it is handed in as it was opened. */
function untouched(modal: Parameters<typeof modalView>[0]): Record<string, string> {
  const values = modal.blocks.flatMap((block) => {
    if (block.type !== "input") return [];
    const element = block.element as unknown as Record<string, unknown>;
    const option = element["initial_option"] as { value: string } | undefined;
    const value =
      [option?.value, ...["value", "user", "conversation"].map((name) => element[`initial_${name}`])] // prettier-ignore
        .find((one) => typeof one === "string");
    return [[block.block_id ?? "", typeof value === "string" ? value : ""] as const];
  });
  return Object.fromEntries(values);
}

test("what is handed in untouched is the flow as it was", () => {
  const modal = rulesForm({ ...about, flow: { ...whole, version: 4 } }, { warnings: ["Think."] });
  expectGoodModal(modal);
  expect(modal.submit).toBe("Save anyway");
  expect(modal.meta).toMatchObject({ version: 4, accept: 1 });
  const ends = { from: "crm/contacts", to: "books/customers", source: about.from.object };
  expect(wordsFrom(untouched(modal), ends, whole)).toEqual({
    ok: true,
    words: {
      ...{ from: "crm/contacts", to: "books/customers", match: ["email", "name"] },
      where: { subscription: "subscribed", "address.country": null },
      ...{ map: { phone: "mobile" }, set: { currency: "EUR" }, two_way: false, truth: "source" },
      trigger: { cron: "5 6 * * *", zone: "Europe/Berlin" },
      window: { from: "22:00", to: "06:00", zone: "Europe/Berlin" },
      ...{ deletes: "archive", channel: "#integrations", owner: "U024BE7LH", about: flow.about },
    },
  });
});

test.each([
  [{ hours: "22 to 6" }, { window: { from: "22:00", to: "06:00", zone: "UTC" } }],
  [{ hours: "7h30–19:00" }, { window: { from: "07:30", to: "19:00", zone: "UTC" } }],
  [
    { where: "country = FR\n\nE-mail=a@b.example" },
    { where: { "address.country": "FR", email: "a@b.example" } },
  ],
  [{ start: "own", own: " 1 2 * * * " }, { trigger: { cron: "1 2 * * *", zone: "UTC" } }],
])("%j is understood", (typed, expected) => {
  const ends = { from: "a/b", to: "c/d", source: about.from.object };
  const read = wordsFrom({ start: "manual", zone: "UTC", ...typed }, ends, null);
  expect(read.ok && read.words).toMatchObject(expected);
});

test.each([
  [{ hours: "at night" }, "hours"],
  [{ hours: "25:00-06:00" }, "hours"],
  [{ where: "Country: FR" }, "where"],
  [{ where: "Colour = red" }, "where"],
  [{ start: "own" }, "own"],
])("%j is asked for again at its input", (typed, block) => {
  const ends = { from: "a/b", to: "c/d", source: about.from.object };
  const read = wordsFrom({ start: "manual", zone: "UTC", ...typed }, ends, null);
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual([block]);
});

const move = (field: string, how: FieldMove["how"]): FieldMove => ({
  ...{ field, label: field, personal: true, how },
});
const samples: FlowSamples = {
  flow,
  titles: { from: "HubSpot", to: "QuickBooks" },
  objects: { from: about.from.object, to: about.to.object },
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
  fields: { email: { from: null, to: `ada${n}@example.com` }, name: { from: "Ada", to: "Bo" } },
});
const preview: Preview = {
  ...{ id: "p1", flow: flow.name, version: 2, on: false, at: now, errors: [], warnings: [] },
  ...{ create: 6, update: 6, unchanged: 3, filtered: 0, delete: 0, conflict: 0, invalid: 0 },
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
