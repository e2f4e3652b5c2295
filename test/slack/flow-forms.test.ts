import { expect, test } from "vitest";
import { only, type Conversion } from "#domain/conversion.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { FlowEnd } from "#operations/contract.ts";
import { atInputs, wordsFrom } from "#slack/actions/flow-words.ts";
import { modalView } from "#slack/message.ts";
import { beginForm, type Target } from "#slack/views/flow-form/begin.ts";
import type { RulesAbout } from "#slack/views/flow-form/about.ts";
import { startsFor } from "#slack/views/flow-form/starts.ts";
import { rulesForm } from "#slack/views/flow-form/rules.ts";
import { choices, end, manyEnds, target } from "./support/flow-choices.ts";
import { expectGoodModal } from "./support/limits.ts";
import { flow } from "./support/samples.ts";

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

test("an end whose records are made of others is offered with the conversion, and matches nothing", () => {
  const conversion: Conversion = {
    ...{
      name: "customer-to-task",
      title: "A customer becomes a task",
      from: "customer",
      to: "task",
    },
    once: true,
    follows: false,
    records: { [only]: { title: { kind: "field", field: "email" } } },
  };
  const tasks: FlowEnd = {
    ...{ end: "work/tasks", connection: "work", title: "Asana", daily: null },
    object: {
      ...end("books/customers").object,
      ...{ name: "tasks", title: "Tasks", entity: "task", searchable: ["title", "due_date"] },
    },
  };
  const more = { ...choices, ends: [...choices.ends, tasks], conversions: [conversion] };
  const modal = beginForm(more, { from: "crm/contacts", to: "", name: "" });
  expectGoodModal(modal);
  expect(text(modal)).toContain('"value":"work/tasks customer-to-task"');
  expect(text(beginForm(choices, { from: "crm/contacts", to: "", name: "" }))).not.toContain("work/tasks"); // prettier-ignore

  const to: Target = { ...tasks, conversion, value: "", label: "" };
  const rules = rulesForm({ ...about, to }, { warnings: [] });
  expectGoodModal(rules);
  expect(text(rules)).toMatch(
    /"options":\[\{[^}]*None: [^}]*\},"value":""\},\{[^}]*"Title"[^}]*\},"value":"title"\}\]/,
  );
  const ends = { from: "crm/contacts", to: "work/tasks", convert: "customer-to-task", source: about.origin.object }; // prettier-ignore
  const read = wordsFrom(untouched(rules), ends, null);
  expect(read.ok && read.words).toMatchObject({ convert: "customer-to-task", match: [] });
});

test("a hundred connections with every object still fit", () => {
  const many = manyEnds(120);
  expectGoodModal(
    beginForm({ ...choices, ends: many }, { from: "c1/customers", to: "", name: "" }),
  );
});

const about: RulesAbout = {
  name: "customers-to-books",
  origin: end("crm/contacts"),
  to: target("books/customers"),
  flow: null,
  pullable: [],
  published: [],
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
  const toldOf = rulesForm({ ...about, origin: end("books/messages"), to: target("crm/contacts") }, { warnings: [] }); // prettier-ignore
  expectGoodModal(toldOf);
  expect(text(toldOf)).toMatch(/"initial_option":\{[^}]*"When something changes there"/);
  const keyed = rulesForm({ ...about, to: target("books/messages") }, { warnings: [] });
  expect(text(keyed)).not.toContain('"block_id":"match"');
  const mailbox = rulesForm({ ...about, to: target("books/mailbox") }, { warnings: [] });
  expectGoodModal(mailbox);
  expect(text(mailbox)).toContain("cannot be searched by anything");
  expect(text(mailbox)).not.toContain('"block_id":"deletes"');
});

test("what can be brought along is offered, and what was chosen is kept", () => {
  const pullable = { ...about, pullable: ["company"] };
  const form = rulesForm({ ...pullable, flow: { ...whole, pull: ["company"], version: 4 } }, { warnings: [] }); // prettier-ignore
  expectGoodModal(form);
  expect(text(form)).toContain("Is brought along first: company");
  const ends = { from: "a/b", to: "c/d", convert: "", source: about.origin.object };
  const read = (typed: object) => wordsFrom({ start: "manual", ...typed }, ends, { ...whole, pull: ["company"] }); // prettier-ignore
  expect(untouched(form)["pull"]).toBe("company");
  expect(read({ pull: "company" })).toMatchObject({ words: { pull: ["company"] } });
  expect(read({})).toMatchObject({ words: { pull: ["company"] } });
  expect(read({ pull: "none" })).not.toHaveProperty("words.pull");
});

test("a share of the day is asked for only where a tool has one", () => {
  const crm = { ...about, to: target("books/customers") };
  expect(text(rulesForm(crm, { warnings: [] }))).toContain("HubSpot allows 250,000 calls a day");
  const none = { ...crm, origin: { ...crm.origin, daily: null } };
  expect(text(rulesForm(none, { warnings: [] }))).not.toContain('"block_id":"share"');
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
  share: 0.125,
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
  const ends = {
    from: "crm/contacts",
    to: "books/customers",
    convert: "",
    source: about.origin.object,
  };
  expect(wordsFrom(untouched(modal), ends, whole)).toEqual({
    ok: true,
    words: {
      ...{ from: "crm/contacts", to: "books/customers", match: ["email", "name"] },
      where: { subscription: "subscribed", "address.country": null },
      ...{ map: { phone: "mobile" }, set: { currency: "EUR" }, two_way: false, truth: "source" },
      trigger: { cron: "5 6 * * *", zone: "Europe/Berlin" },
      window: { from: "22:00", to: "06:00", zone: "Europe/Berlin" },
      ...{
        deletes: "archive",
        share: "12.5%",
        guard: "off",
        channel: "#integrations",
        owner: "U024BE7LH",
        about: flow.about,
      },
    },
  });
});

test("both ways are offered where both ends can be searched, and rules of single fields are kept", () => {
  const twoWay = { default: "newest", fields: { phone: "source" } } as const;
  const both = { ...about, flow: { ...whole, twoWay, version: 4 } };
  const modal = rulesForm(both, { warnings: [] });
  expectGoodModal(modal);
  const ends = { from: "crm/contacts", to: "books/customers", convert: "", source: about.origin.object }; // prettier-ignore
  const read = wordsFrom(untouched(modal), ends, both.flow);
  expect(read.ok && read.words).toMatchObject({ two_way: true, truth: { default: "newest", phone: "source" } }); // prettier-ignore
  const there = wordsFrom({ ...untouched(modal), direction: "there" }, ends, both.flow);
  expect(there.ok && there.words).toMatchObject({ two_way: false, truth: "source" });
  for (const one of [{ ...both, origin: end("crm/forms") }])
    expect(text(rulesForm(one, { warnings: [] }))).not.toContain("Both ways");
});

test.each([
  [{ hours: "22 to 6" }, { window: { from: "22:00", to: "06:00", zone: "UTC" } }],
  [{ hours: "7h30–19:00" }, { window: { from: "07:30", to: "19:00", zone: "UTC" } }],
  [
    { where: "country = FR\n\nE-mail=a@b.example" },
    { where: { "address.country": "FR", email: "a@b.example" } },
  ],
  [{ start: "own", own: " 1 2 * * * " }, { trigger: { cron: "1 2 * * *", zone: "UTC" } }],
  [
    { start: "on deal.won", such: "Currency = EUR" },
    { trigger: { event: "deal.won", where: { currency: "EUR" } } },
  ],
])("%j is understood", (typed, expected) => {
  const ends = { from: "a/b", to: "c/d", convert: "", source: about.origin.object };
  const read = wordsFrom({ start: "manual", zone: "UTC", ...typed }, ends, null);
  expect(read.ok && read.words).toMatchObject(expected);
});

test.each([
  [{ hours: "at night" }, "hours"],
  [{ hours: "25:00-06:00" }, "hours"],
  [{ where: "Country: FR" }, "where"],
  [{ where: "Colour = red" }, "where"],
  [{ start: "own" }, "own"],
  [{ start: "on deal.won", such: "Colour = red" }, "such"],
])("%j is asked for again at its input", (typed, block) => {
  const ends = { from: "a/b", to: "c/d", convert: "", source: about.origin.object };
  const read = wordsFrom({ start: "manual", zone: "UTC", ...typed }, ends, null);
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual([block]);
});

test("what other flows tell of such records is offered to start on, and shown as it is", () => {
  const told = ["customer.created", "deal.won", "run.finished"] as const;
  const others = told.map((event) => ({ event, flow: "another" }));
  const own = { event: "customer.changed", flow: about.name } as const;
  const published = startsFor([...others, own], about.name, about.origin, null);
  expect(published).toEqual(["customer.created", "run.finished"]);
  const trigger = { kind: "published", event: "deal.won", where: { currency: "EUR" } } as const;
  const flow = { ...whole, trigger, version: 4 };
  const edited = { ...about, flow, published: startsFor(others, about.name, about.origin, flow) };
  const modal = rulesForm(edited, { warnings: [] });
  expectGoodModal(modal);
  expect(text(modal)).toContain("When a customer is new (customer.created)");
  const ends = { from: "crm/contacts", to: "books/customers", convert: "", source: about.origin.object }; // prettier-ignore
  const read = wordsFrom(untouched(modal), ends, flow);
  expect(read.ok && read.words).toMatchObject({ trigger: { event: "deal.won", where: { currency: "EUR" } } }); // prettier-ignore
  expect(text(rulesForm(about, { warnings: [] }))).not.toContain('"block_id":"such"');
  const said = atInputs([{ field: "trigger", message: "No." }], { start: "on deal.won", such: "" });
  expect(said).toEqual({ errors: { such: "No." }, rest: [] });
});
