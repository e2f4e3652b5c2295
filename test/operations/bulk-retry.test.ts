import { expect, test } from "vitest";
import { deadLetterId } from "#domain/ids.ts";
import { runCard } from "#slack/views/run-card.ts";
import { incidentCard } from "#slack/views/incident-card.ts";
import { planModal } from "#slack/views/retry-plan.ts";
import { admin, makeRoom, operator } from "./support/room.ts";

const sameName = {
  class: "rejected",
  field: "name",
  code: "6240",
  message: "Duplicate Name Exists",
} as const;
const doubtful = { class: "ambiguous_write", message: "No answer came" } as const;
const flow = "customers-to-books";

async function manyLetters(count: number) {
  const room = await makeRoom();
  let incident = "";
  for (let n = 0; n < count; n += 1) ({ incident } = await room.letter(sameName));
  return { ...room, incident };
}

test("the plan tells the records, the calls and the minutes, and what the day allows", async () => {
  const { perform, letter } = await manyLetters(900);
  for (let n = 0; n < 3; n += 1) await letter(doubtful);
  const plan = await perform("letters.plan", { flow }, operator);
  // 9 reads of 100; 900 look-ups of one and 30 writes of 30, at 20 a minute.
  expect(plan).toEqual({
    flow,
    incident: null,
    records: 900,
    undecided: 3,
    calls: 939,
    minutes: 47,
    left: [{ tool: "QuickBooks", calls: 400 }],
    short: { tool: "QuickBooks", calls: 400 },
    titles: { from: "HubSpot", to: "QuickBooks" },
  });
  const text = JSON.stringify(planModal(plan).blocks);
  for (const said of [
    "*900 records* of *customers-to-books* are sent to QuickBooks again",
    "About 939 calls, about 47 min",
    "QuickBooks leaves 400 calls for this today",
    "3 more records may have been written already and are left out",
  ])
    expect(text).toContain(said);
  expect(planModal(plan).submit).toBe("Retry all 900");
  const left = [{ tool: "QuickBooks", calls: 4000 }];
  const enough = JSON.stringify(planModal({ ...plan, left, short: null }).blocks);
  expect(enough).toContain("Enough for today: QuickBooks leaves 4,000 calls.");
});

test("of a hundred thousand it tells all, and so does the run", async () => {
  const { perform, memory } = await manyLetters(1);
  const [one] = memory.letters.values();
  if (one === undefined) throw new Error("no letter");
  for (let n = 1; n < 100_000; n += 1) {
    const id = deadLetterId(`copy-${String(n)}`);
    memory.letters.set(id, { ...one, id, key: id });
  }
  // 1,000 reads of 100; 100,000 look-ups of one and 3,334 writes of 30, at 20 a minute.
  const plan = await perform("letters.plan", { flow }, operator);
  expect(plan).toMatchObject({ records: 100_000, calls: 104_334, minutes: 5167 });
  expect(planModal(plan).submit).toBe("Retry all 100,000");
  expect(await perform("letters.retry", { flow }, operator)).toMatchObject({ run: { total: 100_000 } }); // prettier-ignore
});

test("many are one run that takes none beforehand; a second press starts no other", async () => {
  const { perform, incident, world, memory } = await manyLetters(25);
  const first = await perform("letters.retry", { incident, channel: "C1" }, operator);
  expect(first).toMatchObject({ taken: 25, busy: [], run: { total: 25, channel: "C1" } });
  expect([...memory.letters.values()].every(({ state }) => state.kind === "open")).toBe(true);
  const second = await perform("letters.retry", { flow }, admin);
  expect(second).toMatchObject({ run: null, taken: 0, busy: [{ by: "U0OPERATOR" }] });
  const shown = async () => {
    const view = await perform("incidents.get", { incident }, operator);
    if (view.flow === null) throw new Error("not of a flow");
    return view;
  };
  const card = JSON.stringify(incidentCard(await shown(), world.clock.now()));
  expect(card).toContain("*Retrying*");
  expect(card).toContain("0 of 25 records tried");
  expect(card).not.toContain("Retry all");
});

test("few are tried at once, as they were", async () => {
  const { perform, incident } = await manyLetters(20);
  const { run } = await perform("letters.retry", { incident }, operator);
  expect(run?.work).toMatchObject({
    kind: "retry",
    letters: expect.objectContaining({ length: 20 }),
  });
});

test("its card pauses it, lets it go on and cancels it", async () => {
  const { perform, incident, world, refusal } = await manyLetters(25);
  const { run } = await perform("letters.retry", { incident, channel: "C1" }, operator);
  const id = run?.id ?? "";
  const labels = async () => {
    const now = await perform("runs.get", { run: id }, operator);
    return JSON.stringify(runCard(now, world.clock.now())).match(/(?<="text":")[A-Z][a-z ]+(?=")/g);
  };
  expect(await labels()).toEqual(["Pause", "Cancel"]);
  expect((await perform("runs.pause", { run: id }, operator)).state.kind).toBe("paused");
  expect(await labels()).toEqual(["Go on", "Cancel"]);
  expect(await refusal(perform("runs.pause", { run: id }, operator))).toMatch(/paused already/);
  expect((await perform("runs.go-on", { run: id }, operator)).state.kind).toBe("queued");
  const over = await perform("runs.cancel", { run: id }, operator);
  expect(over.state).toEqual({ kind: "cancelled", by: "U0OPERATOR" });
  expect(await refusal(perform("runs.go-on", { run: id }, operator))).toMatch(/is over/);
  expect(await refusal(perform("runs.cancel", { run: id }, operator))).toMatch(/over already/);
});

test("where it stopped by itself the card of the cause says so", async () => {
  const { perform, incident, world } = await manyLetters(25);
  const { run } = await perform("letters.retry", { incident }, operator);
  if (run === null) throw new Error("no run");
  const taken = await world.runs.claim(run.id, world.clock.now(), 0);
  const reason = "Stopped after 1 of 25: QuickBooks still says “Duplicate Name Exists”";
  await world.runs.turn(run.id, taken?.epoch ?? 0, { kind: "failed", reason }, world.clock.now());
  const view = await perform("incidents.get", { incident }, operator);
  if (view.flow === null) throw new Error("not of a flow");
  const card = JSON.stringify(incidentCard(view, world.clock.now()));
  expect(card).toContain(`${reason}.`);
  expect(card).toContain("Retry all 25");
});
