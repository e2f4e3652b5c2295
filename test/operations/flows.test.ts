import { expect, test } from "vitest";
import { admin, makeRoom, operator, viewer } from "./support/room.ts";

const flow = "customers-to-books";

test("a flow that is not there is answered with the nearest that is", async () => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("runs.start", { flow: "customer-to-book" }, operator))).toBe(
    "Mistake: There is no flow “customer-to-book”; did you mean customers-to-books?",
  );
});

test("a run is queued with its job, and a second press follows the first run", async () => {
  const { perform, queue } = await makeRoom();
  const first = await perform("runs.start", { flow, full: true, channel: "C1" }, operator);
  const second = await perform("runs.start", { flow }, admin);

  expect(first).toMatchObject({
    fresh: true,
    run: {
      trigger: { kind: "person", by: "U0OPERATOR" },
      work: { kind: "sync", full: true, approved: null },
      channel: "C1",
    },
  });
  expect(second).toMatchObject({ fresh: false, run: { id: first.run.id } });
  expect(queue.jobs).toContainEqual({ kind: "run", run: first.run.id });
});

test("the schedule starts runs in its own name, without an audit row each", async () => {
  const { perform, audit } = await makeRoom();
  const { run } = await perform("runs.start", { flow }, { kind: "system" });
  expect(run.trigger).toEqual({ kind: "schedule" });
  expect(audit.rows).toEqual([]);
});

test("a paused flow says who paused it, and its schedule rests until it is resumed", async () => {
  const { perform, queue, refusal } = await makeRoom();
  const paused = await perform("flows.pause", { flow, reason: "the books are closed." }, operator);
  expect(paused.flow.state).toMatchObject({ kind: "paused", by: "U0OPERATOR", held: false });
  expect(paused.next).toBeNull();
  const kinds = queue.entries.map(({ job }) => job.kind);
  expect(kinds).toEqual(["digest", "published", "expiry", "failures", "watch"]);

  const since =
    "customers-to-books is paused since 23 November, 08:00 UTC by @U0OPERATOR: the books are closed.";
  expect(await refusal(perform("runs.start", { flow }, admin))).toBe(
    `Mistake: ${since} Resume it first.`,
  );
  expect(await refusal(perform("flows.pause", { flow }, admin))).toBe(
    `Mistake: ${since} Nothing was changed.`,
  );

  await perform("flows.resume", { flow }, admin);
  expect(queue.entries).toContainEqual({
    job: { kind: "schedule", flow },
    cron: "*/15 * * * *",
    zone: "Europe/Paris",
  });
  expect(await refusal(perform("flows.resume", { flow }, admin))).toBe(
    "Mistake: customers-to-books is not paused.",
  );
});

test("pausing stops what is under way: what waits at once, what runs after the page in hand", async () => {
  const { perform, letter, memory, world } = await makeRoom();
  const { id } = await letter({});
  const { run: sync } = await perform("runs.start", { flow, channel: "C1" }, operator);
  await perform("letters.retry", { letters: [id] }, operator);
  const claim = await world.runs.claim(sync.id, world.clock.now(), 0);
  await world.runs.turn(sync.id, claim?.epoch ?? 0, { kind: "running" }, world.clock.now());

  const { stopped } = await perform("flows.pause", { flow }, admin);

  expect(stopped.map(({ work, state }) => [work.kind, state.kind])).toEqual([
    ["sync", "running"],
    ["retry", "cancelled"],
  ]);
  expect(await world.runs.beat(sync.id, claim?.epoch ?? 0)).toEqual({
    ours: true,
    cancelled: true,
    by: "U0ADMIN",
    paused: null,
  });
  expect(memory.letters.get(id)?.state.kind).toBe("open");
  expect(memory.told).toContainEqual({ kind: "run", id: sync.id });
});

test("resuming a held flow looks again as the held run did, and closes its incident", async () => {
  const { perform, world, memory, flow: plan } = await makeRoom();
  const held = await perform("runs.start", { flow, full: true }, operator);
  const at = world.clock.now();
  const stored = memory.runs.get(held.run.id);
  if (stored)
    memory.runs.set(held.run.id, {
      ...stored,
      state: { kind: "failed", reason: "held" },
      endedAt: at,
    });
  await world.registry.turnFlow(plan.name, {
    kind: "paused",
    reason: "too many changes",
    held: true,
    by: "Tieline",
    at,
  });
  const incident = await world.incidents.raise(plan.name, "Held", "too many changes", at);

  const status = await perform("flows.resume", { flow }, admin);
  expect(status.current?.work).toEqual({ kind: "sync", full: true, approved: null });
  expect((await world.incidents.get(incident.id))?.state.kind).toBe("closed");
  expect(memory.told).toContainEqual({ kind: "incident", id: incident.id });
});

test("cancelling stops a queued run and gives back what a retry had taken", async () => {
  const { perform, letter, memory, refusal } = await makeRoom();
  const { id } = await letter({});
  await perform("letters.retry", { letters: [id] }, operator);
  expect(memory.letters.get(id)?.state.kind).toBe("retrying");

  const run = await perform("runs.cancel", { flow }, operator);
  expect(run.state).toEqual({ kind: "cancelled", by: "U0OPERATOR" });
  expect(memory.letters.get(id)?.state.kind).toBe("open");
  expect(await refusal(perform("runs.cancel", { flow }, operator))).toBe(
    "Mistake: Nothing is running or waiting for customers-to-books.",
  );
});

test("the list says how each flow stands: runs, dead letters, next start, tools", async () => {
  const { perform, letter } = await makeRoom();
  await letter({});
  await perform("runs.start", { flow }, operator);
  const [status] = await perform("flows.list", {}, viewer);
  expect(status).toMatchObject({
    current: { state: { kind: "queued" } },
    last: null,
    openLetters: 1,
    incidents: [{ open: 1 }],
    titles: { from: "HubSpot", to: "QuickBooks" },
    told: null,
  });
  expect(status?.next?.toString()).toBe("2026-11-23T08:15:00Z");
});

test("a preview counts everything and keeps the first thousand changes", async () => {
  const room = await makeRoom();
  const many = Array.from(
    { length: 1200 },
    (_, i) => ({ kind: "create", key: `k${i}`, fields: { name: `N${i}` } }) as const,
  );
  room.foreseen.push(
    [
      {
        kind: "update",
        key: "u",
        from: { name: "Ada", phone: null },
        fields: { name: "Ada L.", phone: "" },
      },
      { kind: "unchanged", key: "s" },
      { kind: "filtered", key: "f" },
      { kind: "delete", key: "d" },
      {
        kind: "invalid",
        key: "i",
        fields: { phone: "12" },
        problem: { class: "invalid", field: "phone", code: "BAD_PHONE", message: "no" },
      },
    ],
    many,
  );
  const preview = await room.perform("flows.preview", { flow }, operator);
  expect(preview).toMatchObject({
    flow,
    create: 1200,
    update: 1,
    unchanged: 1,
    filtered: 1,
    delete: 1,
    conflict: 0,
    invalid: 1,
  });
  expect(preview.changes).toHaveLength(1000);
  expect(preview.changes.slice(0, 3)).toEqual([
    { key: "u", action: "update", fields: { name: { from: "Ada", to: "Ada L." } } },
    { key: "d", action: "delete", fields: {} },
    { key: "i", action: "invalid", fields: { phone: { from: null, to: "12" } } },
  ]);
});
