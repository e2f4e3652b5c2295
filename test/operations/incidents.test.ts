import { likelyFix } from "#operations/incidents/fix.ts";
import type { Problem } from "#domain/problem.ts";
import { expect, test } from "vitest";
import { makeRoom, operator, viewer } from "./support/room.ts";

const about = { tool: "QuickBooks", from: "HubSpot", flow: "customers-to-books", match: "e-mail" };
const cause = (problem: Partial<Problem>) =>
  likelyFix(
    {
      subject: {
        kind: "cause",
        direction: "write",
        object: "customers",
        problem: { class: "rejected", field: null, code: null, message: "No", ...problem },
      },
    },
    about,
  );
const systemic = (error: string) =>
  likelyFix({ subject: { kind: "systemic", error, message: "no" } }, about);

test.each([
  [
    cause({ code: "6240", class: "conflict" }),
    "Give this one another name; or, if both are one, give them the same e-mail and they are linked.",
  ],
  [
    cause({ code: "6240", class: "conflict", candidates: [{ id: "7", title: "Ada" }] }),
    "Link to the existing record, or give this one another name.",
  ],
  [cause({ code: "2050" }), "Shorten the text here or in HubSpot, then retry."],
  [
    cause({ message: "Property values were too long" }),
    "Shorten the text here or in HubSpot, then retry.",
  ],
  [
    cause({ class: "invalid", code: "BAD_PHONE" }),
    "Give the phone number with its country, such as +33 1 70 18 99 00, here or in HubSpot.",
  ],
  [
    cause({ class: "invalid", code: "BAD_EMAIL" }),
    "Correct the e-mail address here or in HubSpot.",
  ],
  [cause({ class: "ambiguous_match" }), "Choose which record of QuickBooks is meant."],
  [
    cause({ class: "rejected", code: "constructor" }),
    "Correct what QuickBooks complains about here or in HubSpot, then retry.",
  ],
  [systemic("SignInAgain"), "Give QuickBooks a new credential; what was parked goes on by itself."],
  [systemic("Held"), "Look at what it would do, then approve it or stop it."],
  [systemic("SomethingElse"), "Look at what was said, put it right, then resume the flow."],
])("%s", (said, sentence) => {
  expect(said).toBe(sentence.charAt(0).toLowerCase() + sentence.slice(1));
});

test("an incident comes with its tool, its fix, samples and where to look", async () => {
  const { perform, letter } = await makeRoom();
  const { id, incident } = await letter({ code: "6240", message: "Duplicate Name" });
  const view = await perform("incidents.get", { incident }, viewer);
  expect(view).toMatchObject({
    toolTitle: "QuickBooks",
    fix: "give this one another name; or, if both are one, give them the same e-mail and they are linked.",
    firstLetter: id,
    samples: [{ title: "Ada Lovelace" }],
    link: { url: "https://crm.example/contacts/c-001", title: "HubSpot" },
  });
  expect(view).toMatchObject({ next: Temporal.Instant.from("2026-11-23T08:15:00Z") });
});

test("a systemic failure is said by the tool its sentence names", async () => {
  const { perform, world, flow, clock } = await makeRoom();
  await world.incidents.raise(
    flow.name,
    "SignInAgain",
    "HubSpot does not take the key",
    clock.now(),
  );
  const [view] = await perform("incidents.list", {}, viewer);
  expect(view).toMatchObject({ toolTitle: "HubSpot", firstLetter: null, samples: [], link: null });
});

test("snoozing lasts as long as was said, and a closed incident cannot be snoozed", async () => {
  const { perform, letter, refusal, memory } = await makeRoom();
  const { id, incident } = await letter({});
  const view = await perform("incidents.snooze", { incident, hours: 24 }, operator);
  expect(view.incident.state).toMatchObject({ kind: "snoozed", by: "U0OPERATOR" });
  expect(memory.incidents.get(incident)?.history.at(-1)?.what).toBe(
    "Snoozed until 24 November, 08:00 UTC",
  );

  await perform("letters.discard", { letters: [id], reason: "x" }, operator);
  expect(await refusal(perform("incidents.snooze", { incident, hours: 1 }, operator))).toBe(
    "Mistake: This was already settled by @U0OPERATOR, 23 November, 08:00 UTC.",
  );
});
