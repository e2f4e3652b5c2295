import { expect, test } from "vitest";
import { approvalId } from "#domain/ids.ts";
import type { HeldApproval } from "#operations/contract.ts";
import { incidentCard } from "#slack/views/incident-card.ts";
import { runCard } from "#slack/views/run-card.ts";
import { noCounts } from "#domain/run.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage } from "./support/limits.ts";
import { incident, now, run, systemicView } from "./support/samples.ts";

const until = now.add({ hours: 24 });
const held: HeldApproval = {
  approval: {
    id: approvalId("55555555-5555-4555-8555-555555555555"),
    kind: "held",
    subject: "customers-to-books",
    what: null,
    hash: "hash",
    askedBy: "Tieline",
    at: now,
    state: { kind: "waiting", until },
  },
  expired: false,
  approvers: ["U024BE8RM", "S0TEAM"],
  about: {
    kind: "held",
    flow: "customers-to-books",
    incident: incident.id,
    changes: 1_118,
    deletes: 2,
    linked: 2_493,
    allowed: { changes: 623, deletes: 5 },
    samples: [
      {
        key: "501",
        action: "change",
        fields: [
          { name: "phone", from: "", to: "+33 1 70 18 99 00" },
          { name: "email", from: "ada@example.com", to: "ada@lovelace.example" },
        ],
      },
      { key: "502", action: "delete", fields: [] },
    ],
    startedBy: "U024BE7LH",
  },
};
const card = (change: Partial<HeldApproval>) => {
  const message = incidentCard({ ...systemicView, held: { ...held, ...change } }, now);
  expectGoodMessage(message);
  return message;
};
const decided = (state: HeldApproval["approval"]["state"]) =>
  card({ approval: { ...held.approval, state } });
const plain = (text: string): string => text.replace(/<!date[^|]*\|([^>]*)>/g, "$1");

test("a held run's card says what it would do, shows some of it masked, and who may decide", () => {
  const { text, blocks } = card({});
  expect(plain(text).split("\n")).toEqual([
    "◔ *Held*  *customers-to-books* · 1,118 changes and 2 deletes",
    "The run would change 1,118 and archive 2 of 2,493 linked records; without asking it may change 623 and archive 5. None of that is written.",
    "Started by <@U024BE7LH>, held at 2026-11-23 08:52 UTC. The flow is paused meanwhile.",
    "Change 501: Phone (empty) → •••00, E-mail a•••@e•••.com → a•••@l•••.example",
    "Archive 502",
    "<@U024BE8RM> or <!subteam^S0TEAM> can approve it, until 2026-11-24 08:52 UTC.",
  ]);
  const chosen = `${held.approval.id} hash ${incident.id}`;
  expect(buttonsIn(blocks)).toEqual([
    `approval.approve ${chosen}`,
    `approval.refuse ${chosen}`,
    "flow.preview customers-to-books",
  ]);
});

test("the only one who could decide may, and the card says why", () => {
  expect(card({ approvers: ["U024BE7LH"] }).text).toContain(
    "Nobody else here could, so it is theirs to decide.",
  );
});

test.each<[string, HeldApproval["approval"]["state"], RegExp]>([
  [
    "approved",
    { kind: "approved", by: "U024BE8RM", at: now, done: true },
    /^✓ \*Approved\* .*\nBy <@U024BE8RM>, .*\. The flow is on and does exactly this\.$/,
  ],
  [
    "refused",
    { kind: "refused", by: "U024BE8RM", at: now },
    /^■ \*Stopped\* .*\nBy <@U024BE8RM>, .*Nothing of it was written; the flow is paused until somebody resumes it\.$/,
  ],
  ["replaced", { kind: "replaced", at: now }, /^■ \*Not asked any more\*/],
])("once it is %s its card says so and asks for nothing", (_state, state, expected) => {
  const { text, blocks } = decided(state);
  expect(text).toMatch(expected);
  expect(buttonsIn(blocks)).toEqual([]);
});

test("when nobody decided, looking again is what is left", () => {
  const { text, blocks } = card({ expired: true });
  expect(text).toMatch(/^○ \*Held, and nobody decided\*/);
  expect(buttonsIn(blocks)).toEqual(["flow.resume customers-to-books"]);
});

test("a run that was held is not called done", () => {
  const message = runCard({ ...run, counts: { ...noCounts, read: 1_120, held: 1_120 } }, now);
  expect(message.text).toMatch(/^◔ \*Held\* .* 0 written · 1,120 held back/);
});
