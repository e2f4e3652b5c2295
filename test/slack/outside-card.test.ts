import { expect, test } from "vitest";
import { connectionName, incidentId } from "#domain/ids.ts";
import type { OutsideIncidentView } from "#operations/contract.ts";
import { digestMessage } from "#slack/views/digest.ts";
import { incidentLine } from "#slack/views/incident-line.ts";
import { letterList } from "#slack/views/letters.ts";
import { mrkdwn } from "#slack/text/markup.ts";
import { outsideCard } from "#slack/views/outside-card.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage } from "./support/limits.ts";
import { ago, digest, now } from "./support/samples.ts";

const view: OutsideIncidentView = {
  incident: {
    id: incidentId("55555555-5555-4555-8555-555555555555"),
    flow: null,
    connection: connectionName("zaps"),
    subject: {
      kind: "outside",
      failure: {
        event: "1",
        automation: { id: "77", name: "Invoice paid, write an e-mail" },
        step: "2. Send an e-mail",
        message: "No mailbox grace@hopper.example",
        page: "https://zapier.com/editor/77",
      },
    },
    state: { kind: "open" },
    openedAt: ago(11),
    open: 3,
    total: 3,
    written: 0,
    discarded: 0,
  },
  flow: null,
  toolTitle: "Zapier",
  fix: "correct it in Zapier, then mark it as fixed.",
  owner: "U024BE7LH",
  link: { url: "https://zapier.com/editor/77", title: "Zapier" },
};
const { id } = view.incident;
const card = (change: Partial<OutsideIncidentView["incident"]> = {}) => {
  const shown = outsideCard({ ...view, incident: { ...view.incident, ...change } }, now);
  expectGoodMessage(shown);
  return shown;
};

test("the card says what failed, how often, what the tool said, and where to look; nobody's address", () => {
  const shown = card();
  const [first, second, third] = shown.text.split("\n");
  expect(first).toBe("● *Needs a hand*  *zaps* · Invoice paid, write an e-mail · 3 failures");
  expect(second).toMatch(/^Zapier: No mailbox .*\(2\. Send an e-mail\)$/);
  expect(third).toMatch(/^3 failures since /);
  expect(shown.text).toContain("Likely fix: correct it in Zapier, then mark it as fixed.");
  expect(shown.text).not.toContain("grace@hopper.example");
  expect(buttonsIn(shown.blocks)).toEqual(["link.open", `incident.close ${id}`, "incident.more"]);
  expect(JSON.stringify(shown.blocks)).toContain("https://zapier.com/editor/77");
});

test.each([
  [{ kind: "snoozed", until: now.add({ hours: 24 }), by: "U024BE7LH" } as const, /^○ \*Snoozed until/],
  [{ kind: "closed", at: now, by: "U024BE8RM" } as const, /^✓ \*Fixed\*[\s\S]*Marked as fixed by <@U024BE8RM>/],
  [{ kind: "closed", at: now, by: "Tieline" } as const, /^✓ \*Fixed\*[\s\S]*None of them is left there/],
])("the state %j is a word", (state, pattern) => {
  expect(card({ state }).text).toMatch(pattern);
}); // prettier-ignore

test("a name that would be markup is shown as it is written", () => {
  const failure = { ...view.incident.subject.failure, automation: { id: "1", name: "<!channel> *x* <https://evil|ok>" } }; // prettier-ignore
  const { text } = card({ subject: { kind: "outside", failure } });
  expect(text).toContain("&lt;!channel&gt;");
  expect(text).not.toContain("<https://evil");
});

test("in lists it stands beside the others, with its own next step", () => {
  const line = incidentLine(view, mrkdwn`08:41`, "inspect");
  expect(buttonsIn(line)).toEqual([`incident.close ${id}`]);
  const shown = digestMessage({ ...digest, incidents: [view] });
  expectGoodMessage(shown);
  expect(shown.text).toContain("*zaps* · Invoice paid, write an e-mail · 3 failures");
  const listed = letterList({ letters: [], total: 0 }, [view], null, now);
  expectGoodMessage(listed);
  expect(listed.text).toContain("Invoice paid");
});
