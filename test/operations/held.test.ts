import { expect, test } from "vitest";
import type { Run } from "#domain/run.ts";
import type { HeldApproval } from "#operations/contract.ts";
import { tellExpired } from "#operations/approvals/expired.ts";
import { carryOutTheRest } from "#operations/approvals/carry-out.ts";
import { askAboutHeld } from "#operations/held/ask.ts";
import { admin, makeRoom, operator, slack, terminal, viewer, type Room } from "./support/room.ts";

const flow = "customers-to-books";
const foresight = {
  changes: 30,
  deletes: 2,
  linked: 100,
  set: "the set",
  samples: [
    {
      key: "501",
      action: "change",
      from: { phone: null },
      to: { phone: "+33170189900" },
    },
    { key: "502", action: "delete", from: {}, to: {} },
  ],
} as const;

/** What people are asked, as the card of the incident has it. */
async function heldOf({ perform }: Room, incident: string): Promise<HeldApproval | null> {
  const view = await perform("incidents.get", { incident }, viewer);
  return view.flow === null ? null : view.held;
}

/** A run that the guard held, as the engine leaves it. */
async function held(startedBy: string | null = "U0OPERATOR", full = false) {
  const room = await makeRoom();
  const { world, memory, clock } = room;
  const name = room.flow.name;
  const hold = async (set: string = foresight.set) => {
    const at = clock.now();
    const trigger = startedBy === null ? { kind: "schedule" } as const : { kind: "person", by: startedBy } as const; // prettier-ignore
    const work = { kind: "sync", full, approved: null } as const;
    const { run } = await world.runs.queue({ flow: name, trigger, work, channel: "C1" }, at);
    const { id } = await world.incidents.raise(name, "Held", "It would change 30", at);
    await askAboutHeld(world, { run: run as Run, incident: id, foresight: { ...foresight, set } });
    await world.registry.turnFlow(name, { kind: "paused", reason: "held", held: true, by: "Tieline", at }); // prettier-ignore
    const stored = memory.runs.get(run.id);
    if (stored) memory.runs.set(run.id, { ...stored, state: { kind: "done" }, endedAt: at });
    const view = await heldOf(room, id);
    if (view === null) throw new Error("nobody was asked");
    return { incident: id, view, chosen: { approval: view.approval.id, hash: view.approval.hash } };
  };
  const state = async () => (await world.registry.flow(name))?.state;
  return { ...room, ...(await hold()), hold, state };
}

test("the card says what a held run would do, who started it and who may decide", async () => {
  const { view } = await held();
  expect(view).toMatchObject({
    expired: false,
    approvers: ["U0ADMIN"],
    about: {
      flow,
      changes: 30,
      deletes: 2,
      linked: 100,
      allowed: { changes: 25, deletes: 5 },
      startedBy: "U0OPERATOR",
      samples: [
        {
          key: "501",
          action: "change",
          fields: [{ name: "phone", from: "", to: "+33170189900" }],
        },
        { key: "502", action: "delete", fields: [] },
      ],
    },
  });
});

test("somebody else lets exactly it through: the flow is on, and a run knows what was approved", async () => {
  const room = await held("U0ADMIN", true);
  await room.perform("approvals.approve", room.chosen, operator);

  expect(await room.state()).toEqual({ kind: "on" });
  const [run] = await room.perform("runs.list", { flow }, viewer);
  expect(run).toMatchObject({
    state: { kind: "queued" },
    work: { kind: "sync", full: true, approved: "the set" },
    trigger: { kind: "person", by: "U0OPERATOR" },
    channel: "C1",
  });
  expect(room.queue.jobs).toContainEqual({ kind: "run", run: run?.id });
  expect((await room.world.incidents.get(room.incident))?.state.kind).toBe("closed");
  expect(room.memory.told).toContainEqual({ kind: "incident", id: room.incident });
  expect(room.audit.rows.map(({ operation, actor }) => [operation, actor])).toContainEqual([
    "approvals.held",
    "U0OPERATOR",
  ]);
});

test.each([
  [
    "who started it",
    operator,
    "NotAllowed: You started this run yourself: somebody else has to approve it.",
  ],
  [
    "a viewer",
    viewer,
    "NotAllowed: Approving needs the operator role; you are a viewer. Ask @U0ADMIN for it.",
  ],
  [
    "a terminal",
    terminal,
    "NotAllowed: What needs a second person is asked for and decided in Slack.",
  ],
])("%s does not let it through", async (_who, actor, sentence) => {
  const room = await held();
  expect(await room.refusal(room.perform("approvals.approve", room.chosen, actor))).toBe(sentence);
  expect(await room.state()).toMatchObject({ held: true });
  expect((await room.perform("runs.list", { flow }, viewer)).every(({ work }) => work.kind === "sync" && work.approved === null)).toBe(true); // prettier-ignore
});

test("a scheduled run is anybody's with the role", async () => {
  const room = await held(null);
  expect(room.view.approvers).toEqual(["U0ADMIN", "U0OPERATOR"]);
  await room.perform("approvals.approve", room.chosen, operator);
  expect(await room.state()).toEqual({ kind: "on" });
});

test("where nobody else has the role, it is theirs to decide; once somebody has, it is not", async () => {
  const room = await held("U0ADMIN");
  await room.people.revoke({ kind: "user", id: "U0OPERATOR" });
  const view = await heldOf(room, room.incident);
  expect(view?.approvers).toEqual(["U0ADMIN"]);
  await room.people.grant({ subject: { kind: "user", id: "U0SECOND" }, role: "operator" });
  expect(await room.refusal(room.perform("approvals.approve", room.chosen, admin))).toMatch(
    /^NotAllowed: You started this run yourself/,
  );
  await room.people.revoke({ kind: "user", id: "U0SECOND" });
  await room.perform("approvals.approve", room.chosen, admin);
  expect(await room.state()).toEqual({ kind: "on" });
});

test("stopped, the flow is paused by a person, and no click brings it back", async () => {
  const room = await held();
  await room.perform("approvals.refuse", room.chosen, admin);
  expect(await room.state()).toMatchObject({ kind: "paused", held: false, by: "U0ADMIN" });
  expect((await room.world.incidents.get(room.incident))?.state.kind).toBe("closed");
  expect(await room.refusal(room.perform("approvals.approve", room.chosen, admin))).toMatch(
    /^Mistake: @U0ADMIN refused this, .* UTC; it has to be asked for again\.$/,
  );
});

test("after a day nobody can approve it, and its card says so; looking again asks anew", async () => {
  const room = await held();
  room.clock.pass(24 * 3_600_000);
  await tellExpired(room.world, room.view.approval.id);
  expect(room.memory.told).toContainEqual({ kind: "incident", id: room.incident });
  expect(await room.refusal(room.perform("approvals.approve", room.chosen, admin))).toMatch(
    /^Mistake: This request expired/,
  );
  await room.perform("flows.resume", { flow }, operator);
  expect((await room.perform("runs.list", { flow }, viewer))[0]?.work).toMatchObject({
    approved: null,
  });
  const again = await room.hold("another set");
  expect(again.view.approval.id).not.toBe(room.view.approval.id);
});

test.each(["flows.resume", "flows.pause"] as const)(
  "%s by hand makes the question void",
  async (operation) => {
    const room = await held();
    await room.perform(operation, { flow }, operator);
    expect(await room.refusal(room.perform("approvals.approve", room.chosen, admin))).toBe(
      "Mistake: Something newer took the place of this request, so it is void.",
    );
    const view = await heldOf(room, room.incident);
    expect(view?.approval.state.kind).toBe("replaced");
    expect((await room.state())?.kind).toBe(operation === "flows.pause" ? "paused" : "on");
  },
);

test("what was approved when a process died is carried out once", async () => {
  const room = await held();
  const decision = { kind: "approved", by: "U0ADMIN", at: room.clock.now() } as const;
  await room.world.approvals.decide(room.view.approval.id, room.view.approval.hash, decision);
  for (const _start of [1, 2]) await carryOutTheRest(room.world);
  const runs = await room.perform("runs.list", { flow }, viewer);
  expect(runs.filter(({ work }) => work.kind === "sync" && work.approved !== null)).toHaveLength(1);
});

test("who is somebody else is told by their id in Slack alone", async () => {
  const room = await held("U0ADMIN");
  await room.people.grant({ subject: { kind: "user", id: "U0SECOND" }, role: "operator" });
  await room.perform("approvals.approve", room.chosen, slack("U0SECOND"));
  expect(await room.state()).toEqual({ kind: "on" });
});
