import { conflictId } from "#domain/ids.ts";
import type { Conflict } from "#domain/conflict.ts";
import type { ConflictView, FlowConflicts } from "#operations/contract.ts";
import { message, modalView } from "#slack/message.ts";
import { conflictCard } from "#slack/views/conflict-card.ts";
import { conflictList } from "#slack/views/conflicts.ts";
import { decideModal } from "#slack/views/decide.ts";
import { expect, test } from "vitest";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { openRoom } from "./support/room.ts";
import { flow, now, run } from "./support/samples.ts";

const titles = { from: "HubSpot", to: "Mailchimp" };
const conflict: Conflict = {
  id: conflictId("c1"),
  flow: flow.name,
  key: "501",
  target: "t9",
  record: { name: "Ada Lovelace", email: "ada@example.com" },
  fields: { phone: { base: "+33170189900", source: "+33170189901", target: "+33170189902" } },
  changed: { source: "2026-11-23T07:00:00Z", target: null },
  choices: {},
  state: { kind: "open" },
  openedAt: now,
  version: 3,
};
const line = { conflict, title: "Ada <!channel> Lovelace" };
const field = (name: string): ConflictView["fields"][number] => ({
  ...{ name, label: name, personal: true, base: "before", source: "*here*", target: "", chosen: null }, // prettier-ignore
});
const view = (more: Partial<ConflictView> = {}): ConflictView => ({
  ...line,
  flow,
  titles,
  fields: [field("phone")],
  links: { source: "https://crm.example/501", target: null },
  next: "c2",
  ...more,
});
const by = { by: "U024BE7LH", at: now };

test("the card of a flow says how much waits and shows nobody's data", () => {
  const fields = [{ label: "Phone", count: 3 }];
  const card = conflictCard({ flow, titles, total: 1200, first: line, fields, ended: null }, now);
  expectGoodMessage(card);
  expect(card.text).toContain("1,200 pairs of records");
  expect(card.text).not.toMatch(/Ada|Lovelace|3317/);
  expect(buttonsIn(card.blocks)).toContain("conflict.decide c1");
  const over = (ended: FlowConflicts["ended"]) => {
    const said = conflictCard({ flow, titles, total: 0, first: null, fields: [], ended }, now);
    expectGoodMessage(said);
    return said.text;
  };
  expect(over(null)).toContain("Nothing waits");
  expect(over("one_way")).toContain("It goes one way now, so HubSpot counts");
  expect(over("removed")).toContain("The flow was removed, so nobody has to decide");
});

test("the list is masked, says who is at it, and that there is nothing", () => {
  const chosen = { ...line, conflict: { ...conflict, state: { kind: "chosen", ...by } } } as const;
  const list = conflictList({ conflicts: [line, chosen], more: true, oneWay: null }, null, now);
  expectGoodMessage(list);
  expect(list.text).not.toMatch(/Lovelace|<!channel>/);
  expect(list.text).toMatch(/being written/);
  const none = { conflicts: [], more: false };
  expectGoodMessage(conflictList({ ...none, oneWay: null }, flow.name, now));
  const ended = conflictList({ ...none, oneWay: titles }, flow.name, now);
  expectGoodMessage(ended);
  expect(ended.text).toMatch(/it goes one way, so HubSpot counts/);
});

test("the form shows both sides, one select a field, and never more than Slack takes", () => {
  const many = Array.from({ length: 60 }, (_, n) => field(`field_${n}`));
  for (const one of [
    view(),
    view({ fields: many }),
    view({ links: { source: null, target: null }, next: null }),
  ])
    // prettier-ignore
    expectGoodModal(decideModal(one));
  const shown = JSON.stringify(modalView(decideModal(view(), { problem: "Somebody was quicker" })));
  for (const part of [
    "HubSpot counts",
    "Mailchimp counts",
    "Leave it for now",
    "From now on",
    "! Somebody was quicker",
  ])
    // prettier-ignore
    expect(shown).toContain(part);
  expect(shown).toContain(`"block_id":"3:c1:phone"`);
});

test("what is settled can only be looked at", () => {
  for (const [why, said] of [
    ["agreed", "Both sides agree"],
    ["one_way", "Nobody has to decide it any more"],
  ] as const) {
    const settled = { ...conflict, state: { kind: "settled", ...by, why } } as const;
    const modal = decideModal(view({ conflict: settled }));
    expectGoodModal(modal);
    expect(modal.submit).toBeNull();
    expectGoodMessage(message(modal.blocks));
    expect(JSON.stringify(modal.blocks)).toContain(said);
  }
});

test("one side counts for all fields but those that say otherwise, and the next is a click away", async () => {
  const open = view({ fields: ["phone", "notes", "city"].map(field) });
  const over = view({
    conflict: { ...conflict, state: { kind: "settled", ...by, why: "agreed" } },
    fields: [],
  });
  let chosen = false;
  await using room = await openRoom({
    "conflicts.list": { conflicts: [line], more: false, oneWay: null },
    "conflicts.show": ({ conflict: id }) => (id === "c2" ? view() : chosen ? over : open),
    "conflicts.choose": () => ((chosen = true), { conflict: over, run }),
    "runs.get": run,
  });
  const { person } = room;
  await person.type("integrations", "/sync conflicts");
  await person.press(await person.message("integrations", /Waiting for a decision/), "Decide");
  const form = await person.modal(/Which side counts/);
  await person.submit(form, { "Which side counts": "HubSpot counts", "Which notes counts": "Mailchimp counts" }); // prettier-ignore
  const done = await person.modal(/Written/);
  const asked = room.performed.find(({ name }) => name === "conflicts.choose");
  expect(asked?.input).toMatchObject({
    choices: { phone: "source", notes: "target", city: "source" },
    always: [],
  });
  await person.pressInView(done, "Next");
  await person.modal(/Which phone counts/);
});

test("who changed it is said where the tool tells, and nothing where it does not", () => {
  const told = { ...conflict.changed, by: { source: "Bo <!here> Ek", target: null } };
  const modal = decideModal(view({ conflict: { ...conflict, changed: told } }));
  expectGoodModal(modal);
  const shown = JSON.stringify(modal);
  expect(shown).toMatch(/Changed in HubSpot: [^.]*, by Bo &lt;!here&gt; Ek\. Changed in Mailchimp: when, it does not say\./); // prettier-ignore
  expect(JSON.stringify(decideModal(view()))).not.toContain(", by ");
});
