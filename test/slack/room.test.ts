import { expect, test } from "vitest";
import { incident, incidentView, letter, letterView, now, run } from "./support/samples.ts";
import { openRoom } from "./support/room.ts";

const at = Temporal.Now.instant();
const fresh = { ...incidentView, incident: { ...incident, openedAt: at } };

test("a run is asked for with a command and confirmed to the asker alone", async () => {
  await using room = await openRoom({
    "runs.start": { run: { ...run, state: { kind: "queued" } }, fresh: true },
  });
  await room.person.type("integrations", "/sync run customers-to-books full");

  const answer = await room.person.message("integrations", /Started\./);
  expect(answer.ephemeral).toBe(true);
  expect(room.performed.at(-1)).toMatchObject({
    name: "runs.start",
    input: { flow: "customers-to-books", full: true, channel: "C024BE8LT" },
    actor: { kind: "slack", user: "U024BE7LH" },
  });
});

test("a record is inspected from its card, corrected, retried and seen written", async () => {
  let state = letter.state;
  const written = { kind: "written", by: "U024BE7LH", at: now } as const;
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.show": () => ({ ...letterView, letter: { ...letter, state } }),
    "letters.correct": { letter: letterView },
    "letters.retry": () => {
      state = written;
      return { run, taken: 1, busy: [] };
    },
    "letters.outcome": { retried: 1, written: 1, superseded: 0, deadLettered: 0, over: true },
  });
  await room.tell({ kind: "incident", id: incident.id });

  const card = await room.person.message("integrations", /Needs a hand/);
  await room.person.press(card, "Inspect");
  const form = await room.person.modal(/Another customer is already using/);
  await room.person.submit(form, { Name: "Ada Lovelace (HubSpot)" });
  await room.person.modal(/QuickBooks has taken/);

  const corrected = room.performed.find(({ name }) => name === "letters.correct");
  expect(corrected?.input).toEqual({
    letter: letter.id,
    version: 3,
    fields: { name: "Ada Lovelace (HubSpot)" },
  });
});
