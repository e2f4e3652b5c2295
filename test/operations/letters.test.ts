import { payload, type DeadLetter } from "#domain/dead-letter.ts";
import { expect, test } from "vitest";
import { admin, makeRoom, operator, viewer } from "./support/room.ts";

const badPhone = {
  class: "invalid",
  field: "phone",
  code: "BAD_PHONE",
  message: "No country",
} as const;

test("a record is shown with what is wrong first, its link and its neighbours", async () => {
  const { perform, letter, audit } = await makeRoom();
  const [first, second, third] = [
    await letter(badPhone, { phone: "12" }),
    await letter(badPhone, { phone: "34", website: "nonsense" }),
    await letter(badPhone, { phone: "56" }),
  ];
  const view = await perform("letters.show", { letter: second.id }, operator);
  expect(view).toMatchObject({
    title: "Ada Lovelace",
    toolTitle: "QuickBooks",
    previous: first.id,
    next: third.id,
    link: "https://crm.example/contacts/c-003",
  });
  expect(view.wrong.map(({ name }) => name)).toEqual(["phone", "website"]);
  expect(view.record.map(({ name, value }) => [name, value])).toEqual([
    ["phone", "34"],
    ["website", "nonsense"],
    ["name", "Ada Lovelace"],
    ["email", "ada@example.com"],
  ]);
  expect(audit.rows.at(-1)).toMatchObject({
    operation: "letters.show",
    input: `{"letter":"${second.id}"}`,
  });
});

test("a correction is checked by its field, kept beside the original, and audited without its values", async () => {
  const { perform, letter, memory, audit, refusal } = await makeRoom();
  const { id } = await letter(badPhone, { phone: "01 70 18 99 00" });
  const correct = (fields: Record<string, string>, version = 1) =>
    perform("letters.correct", { letter: id, version, fields }, operator);

  expect(await refusal(correct({ phone: "01 70 18 99 00" }))).toBe(
    "Mistake: Phone must be a phone number with its country, such as +33 1 70 18 99 00; or nothing.",
  );
  expect(await refusal(correct({ fone: "+33170189900" }))).toBe(
    "Mistake: There is no field “fone”; did you mean phone?",
  );
  expect(await refusal(correct({ "@target": "7" }))).toBe(
    "Mistake: There is no choice between records to be made here.",
  );

  const { letter: view } = await correct({ phone: "+33 1 70 18 99 00" });
  expect(payload(view.letter)).toMatchObject({ phone: "+33170189900", email: "ada@example.com" });
  expect(memory.letters.get(id)?.fields["phone"]).toBe("01 70 18 99 00");
  expect(view.letter.history.at(-1)).toMatchObject({ by: "U0OPERATOR", what: "Corrected Phone" });
  expect(audit.rows.at(-1)?.input).toBe(`{"letter":"${id}","fields":["phone"]}`);
});

test("an operator sees what the tool sent, letter for letter, and the audit says so", async () => {
  const { perform, letter, memory, audit } = await makeRoom();
  const { id } = await letter(badPhone);
  const kept = memory.letters.get(id);
  const sent = (raw: string, encoding: BufferEncoding = "utf8") => {
    if (kept !== undefined) memory.letters.set(id, { ...kept, raw: Buffer.from(raw, encoding) });
    return perform("letters.raw", { letter: id }, operator);
  };
  expect(await sent(`{"name":"Zoë"}`)).toMatchObject({ text: `{"name":"Zoë"}`, bytes: 15, shown: 15 }); // prettier-ignore
  expect(await sent(`{"name":"Zoë"}`, "latin1")).toMatchObject({ text: `{"name":"Zo\\xeb"}`, bytes: 14 }); // prettier-ignore
  const long = await sent("x".repeat(20_000));
  expect([long.text.length, long.bytes, long.shown]).toEqual([8_192, 20_000, 8_192]);
  expect(audit.rows.at(-1)).toMatchObject({ operation: "letters.raw", input: `{"letter":"${id}"}` }); // prettier-ignore
});

test("two people correct one record: the second is told, and nothing is lost", async () => {
  const { perform, letter, memory, refusal } = await makeRoom();
  const { id } = await letter(badPhone);
  await perform("letters.correct", { letter: id, version: 1, fields: { phone: "" } }, operator);
  expect(
    await refusal(
      perform("letters.correct", { letter: id, version: 1, fields: { name: "B" } }, admin),
    ),
  ).toBe(
    "Mistake: Somebody changed this record while you had it open (@U0OPERATOR, 23 November, 08:00 UTC: corrected phone). Your text was not kept: look at it again, then correct it.",
  );
  expect(memory.letters.get(id)?.edited).toMatchObject({ name: "Ada Lovelace", phone: null });
});

test("among several matches a person chooses one of those there are", async () => {
  const { perform, letter, refusal } = await makeRoom();
  const candidates = [
    { id: "7", title: "Ada L." },
    { id: "9", title: "Ada Lovelace Ltd" },
  ];
  const { id } = await letter({ class: "ambiguous_match", candidates });
  const choose = (target: string) =>
    perform("letters.correct", { letter: id, version: 1, fields: { "@target": target } }, operator);
  expect(await refusal(choose("8"))).toBe("Mistake: Choose one of the records that match: 7, 9.");
  const { letter: view } = await choose("9");
  expect(view.wrong[0]).toMatchObject({ name: "@target", value: "9", choices: ["7", "9"] });

  const apart = { "@target": "@separate" };
  const { letter: own } = await perform("letters.correct", { letter: id, version: 2, fields: apart }, operator); // prettier-ignore
  expect(own.letter.history.at(-1)?.what).toBe("Said that it is a record of its own");
  const { id: other } = await letter({ class: "rejected" });
  const asked = { letter: other, version: 1, fields: apart };
  expect(await refusal(perform("letters.correct", asked, operator))).toBe(
    "Mistake: There is no choice between records to be made here.",
  );
});

test("two people press retry: one run, and the other hears who was first", async () => {
  const { perform, letter, queue } = await makeRoom();
  const letters = [(await letter({})).id, (await letter({})).id];
  const both = await Promise.all([
    perform("letters.retry", { letters }, operator),
    perform("letters.retry", { letters }, admin),
  ]);
  const [first, second] = both.toSorted((a, b) => b.taken - a.taken);
  const trigger = first?.run?.trigger;
  const by = trigger?.kind === "person" ? trigger.by : "nobody";
  expect(first).toMatchObject({ taken: 2, busy: [] });
  const busy = letters.map((id) => ({ id, by }));
  expect(second).toEqual({ run: null, taken: 0, busy, undecided: 0 });
  expect(queue.jobs.filter(({ kind }) => kind === "run")).toHaveLength(1);
});

test("a retry by incident takes all its open records, page by page, and its card hears of it", async () => {
  const { perform, letter, memory, world } = await makeRoom();
  let incident = "";
  for (let i = 0; i < 3; i += 1) ({ incident } = await letter(badPhone));
  await letter({ class: "rejected", message: "Another cause" });
  const { run, taken } = await perform("letters.retry", { incident }, operator);
  expect(taken).toBe(3);
  expect(run?.work).toMatchObject({ kind: "retry" });
  const history = await world.incidents.history(
    memory.incidents.get(incident)?.id ?? ("" as never),
  );
  expect(history.map(({ what }) => what)).toContain("Retrying 3 records");
  expect(memory.told).toContainEqual({ kind: "incident", id: incident });

  const again = await perform("letters.retry", { incident }, admin);
  expect(again).toMatchObject({ run: null, taken: 0 });
  expect(again.busy.map(({ by }) => by)).toEqual(["U0OPERATOR", "U0OPERATOR", "U0OPERATOR"]);
});

test("what may have been written already is retried only where it is named", async () => {
  const { perform, letter, refusal, memory } = await makeRoom();
  const maybe = await letter({ class: "ambiguous_write", code: "MAYBE_WRITTEN" });
  const sure = await letter(badPhone);
  const flow = "customers-to-books";

  expect(await refusal(perform("letters.retry", { incident: maybe.incident }, operator))).toBe(
    "Mistake: This record may have been written already. Look at the tool, then retry or discard it by itself.",
  );
  const all = await perform("letters.retry", { flow }, operator);
  expect(all).toMatchObject({ taken: 1, undecided: 1, run: { work: { letters: [sure.id] } } });
  expect(memory.incidents.get(sure.incident)?.history.at(-1)?.what).toBe(
    "Retrying 1 record; 1 that may have been written already is left out",
  );
  expect(memory.letters.get(maybe.id)?.state.kind).toBe("open");

  const one = await perform("letters.retry", { letters: [maybe.id] }, operator);
  expect(one).toMatchObject({ taken: 1, undecided: 0 });
});

test("what comes to be in doubt between being read and being taken is not sent, and the answer says why", async () => {
  const { perform, letter, refusal, memory, world, queue } = await makeRoom();
  const [one, other] = [await letter(badPhone), await letter(badPhone)];
  const { retry } = world.runs;
  const problem = { class: "ambiguous_write", field: null, code: "MAYBE_WRITTEN", message: "?" } as const; // prettier-ignore
  const turn = (to: DeadLetter["problem"]) => {
    const now = memory.letters.get(one.id);
    if (now !== undefined) memory.letters.set(one.id, { ...now, problem: to });
  };
  world.runs.retry = (...asked) => (turn(problem), retry(...asked));
  const asked = perform("letters.retry", { letters: [one.id] }, operator);
  expect(await refusal(asked)).toBe("Mistake: This record may have been written already. Look at the tool, then retry or discard it by itself."); // prettier-ignore
  expect(queue.jobs).toEqual([]);
  turn(badPhone);
  const both = await perform("letters.retry", { letters: [one.id, other.id] }, operator);
  expect(both).toMatchObject({ taken: 1, undecided: 1, busy: [] });
  expect(memory.letters.get(one.id)?.state.kind).toBe("open");
});

test("the outcome of a retry is what became of its records", async () => {
  const { perform, letter, memory, clock } = await makeRoom();
  const ids = [(await letter({})).id, (await letter({})).id, (await letter({})).id];
  const { run } = await perform("letters.retry", { letters: ids }, operator);
  const turn = (
    id: string | undefined,
    state: { kind: "written"; by: string; at: Temporal.Instant } | { kind: "open" },
  ) => {
    const letter = memory.letters.get(id ?? "");
    if (letter) memory.letters.set(letter.id, { ...letter, state });
  };
  turn(ids[0], { kind: "written", by: "U0OPERATOR", at: clock.now() });
  turn(ids[1], { kind: "open" });
  expect(await perform("letters.outcome", { run: run?.id ?? "" }, viewer)).toEqual({
    retried: 3,
    written: 1,
    superseded: 0,
    deadLettered: 1,
    over: false,
  });
});

test("discarding closes the incident, and a settled record says what became of it", async () => {
  const { perform, letter, memory, refusal } = await makeRoom();
  const { id, incident } = await letter(badPhone);
  const discard = () => perform("letters.discard", { letters: [id], reason: "a test" }, operator);
  expect(await discard()).toEqual({ discarded: 1 });
  expect(memory.incidents.get(incident)?.state.kind).toBe("closed");

  const settled =
    "This record was already discarded by @U0OPERATOR, 23 November, 08:00 UTC: a test.";
  expect(await refusal(discard())).toBe(`Mistake: ${settled}`);
  expect(
    await refusal(
      perform("letters.correct", { letter: id, version: 2, fields: { name: "B" } }, admin),
    ),
  ).toBe(`Mistake: ${settled} Your correction was not kept.`);
});

test("the list goes on after the last one seen", async () => {
  const { perform, letter } = await makeRoom();
  const ids = [(await letter({})).id, (await letter({})).id, (await letter({})).id];
  const first = await perform("letters.list", { limit: 2 }, viewer);
  const rest = await perform(
    "letters.list",
    { limit: 2, after: first.letters[1]?.letter.id ?? "" },
    viewer,
  );
  expect([...first.letters, ...rest.letters].map(({ letter }) => letter.id)).toEqual(ids);
  expect(first).toMatchObject({ total: 3, letters: [{ title: "Ada Lovelace" }, {}] });
});
