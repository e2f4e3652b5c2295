import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expect, test } from "vitest";
import type { FlowPlan } from "#domain/flow.ts";
import { nativeFields } from "#connectors/manifest/native-fields.ts";
import { markdownOf } from "#operations/docs/markdown.ts";
import { docsMessage } from "#slack/views/docs.ts";
import { ask } from "../commands/ask.ts";
import { makeTerminal } from "../cli/terminal.ts";
import { expectGoodMessage } from "../slack/support/limits.ts";
import { admin, makeRoom, viewer } from "./support/room.ts";

const flow = "customers-to-books";

async function docsOf(
  change: Partial<FlowPlan> = {},
  before = async (_room: Awaited<ReturnType<typeof makeRoom>>) => {},
) {
  // prettier-ignore
  const room = await makeRoom();
  await room.world.registry.save({ connections: [], flows: [{ ...room.flow, ...change }] });
  await before(room);
  const { markdown, runbooks } = await room.perform("flows.docs", { flow }, viewer);
  const [runbook] = runbooks;
  if (runbook === undefined) throw new Error("no runbook");
  return { room, markdown, runbook };
}

test("a runbook answers seven questions, from what is there", async () => {
  const { markdown, runbook } = await docsOf({ about: "Every contact is a customer.", owner: "U024BE7LH" }); // prettier-ignore
  expect(runbook.sections.map(({ title }) => title)).toEqual([
    "What it does",
    "What triggers it",
    "Which fields move, and how",
    "What happens when something goes wrong",
    "How deletes are seen",
    "Who owns it",
    "Its last thirty days",
  ]);
  for (const said of [
    "Every contact is a customer.",
    "It keeps HubSpot contacts (crm/contacts) in QuickBooks customers (books/customers), as customers.",
    "looked for by e-mail. One that is found is linked; where several are, a person chooses",
    "It starts by its schedule",
    "| E-mail | email | email | As it is. | ada@example.com |",
    "HubSpot does not have Currency, so nothing is written there.",
    "more than 25 % of the linked records, or 5 where that is more, or delete more than 5: it is held",
    "HubSpot: A flag says so.",
    "What is deleted in HubSpot stays in QuickBooks as it is.",
    "@U024BE7LH. Its cards go to #integrations.",
    "It did not run.",
  ])
    expect(markdown).toContain(said);
});

test.each<[string, Partial<FlowPlan>, string]>([
  [
    "a filter",
    { where: { email: "x@y.example" } },
    "Only those take part of which this is true: E-mail = x@y.example.",
  ],
  ["a constant", { set: { currency: "EUR" } }, "| Currency | always “EUR” | currency |"],
  ["another field", { map: { phone: "mobile" } }, "| Phone (from Mobile) | mobile | phone |"],
  ["a field left out", { leaveOut: ["phone"] }, "The flow keeps its hands off Phone."],
  [
    "archived deletes",
    { deletes: "archive" },
    "What is deleted in HubSpot is archived in QuickBooks.",
  ],
  ["no guard", { guard: null }, "any number of records: its guard is off."],
  [
    "a guard of nothing",
    { guard: { changes: 0.1, deletes: 0 } },
    "more than 10 % of the linked records or delete more than 0",
  ],
  [
    "events",
    { trigger: { kind: "event" } },
    "It starts when crm/contacts tells that something is new.",
  ],
  ["no trigger", { trigger: { kind: "manual" } }, "Nothing but a person starts it."],
  [
    "hours",
    { window: { from: "22:00", to: "06:00", zone: "Europe/Paris" } },
    "It reads and writes from 22:00 to 06:00, Europe/Paris; outside these hours a run waits.",
  ],
  [
    "both ways",
    { twoWay: { default: "ask", fields: { phone: "newest" } } },
    "Changed on both sides: a person is asked; phone: newest.",
  ],
  ["its own channel", { channel: "#books" }, "Its cards go to #books."],
])("it says %s", async (_what, change, said) => {
  const { markdown } = await docsOf(change);
  expect(markdown).toContain(said);
});

test("a paused flow says since when, and a month is counted", async () => {
  const { markdown } = await docsOf({}, async ({ perform, letter, world }) => {
    await perform("flows.pause", { flow, reason: "the books are closed" }, admin);
    await letter({});
    const figures = { flow, runs: 2880, failedRuns: 3, records: 41_000, written: 902, deadLettered: 41, medianMs: 4_200, p95Ms: 130_000 }; // prettier-ignore
    world.figures.byFlow = async (from, to) =>
      Math.round(to.since(from).total("days")) === 30 ? [figures] : [];
  });
  expect(markdown).toContain(
    "is paused since 23 November, 08:00 UTC by @U0ADMIN: the books are closed.",
  );
  for (const said of [
    "- 2,880 runs, 3 failed",
    "- 41,000 records read, 902 written",
    "- 99.9 % went through; 41 were set aside",
    "- Half of the runs took less than 4.2 s",
    "- 19 of 20 took less than 2 min",
    "Now: 1 record needs a hand, 1 open incident.",
  ])
    expect(markdown).toContain(said);
});

test("nothing in a name or a path changes how the document reads", () => {
  const markdown = markdownOf({
    flow,
    title: "a_b",
    sections: [
      {
        title: "<script>",
        parts: [
          { kind: "text", text: "*/15 [x](http://evil.example) `code`\n# no heading" },
          { kind: "table", head: ["A"], rows: [["one | two"]] },
          { kind: "list", items: [] },
        ],
      },
    ],
  });
  expect(markdown).toBe(
    "# a\\_b\n\n## \\<script\\>\n\n\\*/15 \\[x\\](http://evil.example) \\`code\\` # no heading\n\n| A |\n| --- |\n| one \\| two |",
  );
});

test.each([
  [
    "hubspot",
    "contacts",
    "phone",
    "properties.{phone}",
    /^A phone number, kept with its country: \+33170189900\.$/,
  ],
  ["quickbooks", "customers", "email", "PrimaryEmailAddr.Address", /^An e-mail address/],
])("%s %s %s stands at %s", (connector, object, field, path, how) => {
  const file = new URL(`../../manifests/connectors/${connector}.yaml`, import.meta.url);
  const { objects } = parse(readFileSync(file, "utf8")) as { objects: Record<string, { fields: never }> }; // prettier-ignore
  const found = nativeFields({ fields: objects[object]?.fields ?? ({} as never) });
  expect(found[field]?.path).toBe(path);
  expect(found[field]?.how).toMatch(how);
});

test("message and file say the same words, and both are what their readers take", async () => {
  const { room, runbook, markdown } = await docsOf({ owner: "U024BE7LH" });
  const message = docsMessage(runbook);
  expectGoodMessage(message);
  expect(JSON.stringify(message.blocks)).toContain("<@U024BE7LH>");
  const { seenBy, buttons } = await ask(`/sync docs ${flow}`, { "flows.docs": { runbooks: [runbook], markdown } }); // prettier-ignore
  expect(seenBy).toBe("asker");
  expect(buttons).toContain(`docs.canvas ${flow}`);
  const terminal = await makeTerminal(room);
  expect(await terminal.type(`docs ${flow}`)).toEqual({ code: 0, out: `${markdown}\n`, err: "" });
  const all = JSON.parse((await terminal.type("docs --json")).out) as { runbooks: unknown[] };
  expect(all.runbooks).toHaveLength(1);
  expect(await terminal.type("docs customer-to-books")).toMatchObject({ code: 64, err: expect.stringContaining("did you mean customers-to-books?") }); // prettier-ignore
});
