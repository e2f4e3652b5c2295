import { setTimeout as realSleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sameValue } from "#domain/fields.ts";
import { isOver } from "#domain/run.ts";
import { truthRules, type TruthRule } from "#domain/truth.ts";
import { makeEngine } from "#engine/engine.ts";
import { makePair, type Pair } from "../support/memory/pair.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { books, crm } from "./examples.ts";

type Side = "left" | "right";
type Step =
  | { kind: "put" | "archive"; side: Side; who: number }
  | { kind: "edit"; side: Side; who: number; field: "phone" | "notes"; value: string }
  | { kind: "run"; full: boolean }
  | { kind: "decide"; side: "source" | "target" };

const side = fc.constantFrom<Side>("left", "right");
const who = fc.nat({ max: 2 });
const value = fc.constantFrom("1", "2", "3", "");
const field = fc.constantFrom("phone" as const, "notes" as const);
const edit = fc.record({ kind: fc.constant("edit" as const), side, who, field, value });
const put = fc.record({ kind: fc.constant("put" as const), side, who });
const archive = fc.record({ kind: fc.constant("archive" as const), side, who });
const run = fc.record({ kind: fc.constant("run" as const), full: fc.boolean() });
const decide = fc.record({ kind: fc.constant("decide" as const), side: fc.constantFrom("source" as const, "target" as const) }); // prettier-ignore
const step = fc.oneof(
  { arbitrary: edit, weight: 6 },
  { arbitrary: put, weight: 2 },
  { arbitrary: archive, weight: 1 },
  { arbitrary: run, weight: 3 },
  { arbitrary: decide, weight: 1 },
);
const steps = fc.array(step, { minLength: 4, maxLength: 16 });
const rule = fc.constantFrom(...truthRules.filter((one): one is TruthRule => one !== "union"));

/** The engine over this database, between two tools in memory. */
export function restContract(withStore: WithStore): void {
  test("any edits on both sides, with runs in any order, come to rest equal, or with a question or a dead letter", async () => {
    await fc.assert(
      fc.asyncProperty(steps, rule, rule, (all, always, ofNotes) =>
        withStore(async (store) => {
          const pair = makePair({ twoWay: { default: always, fields: { notes: ofNotes } } });
          const life = await liveOver(store, pair);
          for (const one of all) await life.take(one);
          await life.rest();
          expect(await life.wrong()).toEqual([]);
        }),
      ),
      { numRuns: Number(process.env["RUNS"] ?? 10) },
    );
  }, 120_000);
}

async function liveOver(store: Store, pair: Pair) {
  const { registry, ledger, references, runs, letters, incidents, outbox, conflicts } = store;
  const clock = {
    now: () => pair.clock.now(),
    elapsed: () => pair.clock.elapsed(),
    sleep: (ms: number, signal: AbortSignal) => realSleep(ms, undefined, { signal, ref: false }),
  };
  const stored = { registry, ledger, references, runs, letters, incidents, outbox, conflicts };
  const engine = makeEngine({ ...pair.ports, ...stored, clock });
  const { state: _state, version: _version, ...plan } = pair.flow();
  await registry.save({ connections: [crm, books], flows: [plan] });
  const flow = plan.name;
  const seen = { left: new Set<number>(), right: new Set<number>() };
  const emailOf = (number: number): string => `p${number}@example.com`;
  const rowOf = (at: Side, number: number) =>
    pair[at].live().find(({ fields }) => fields["email"] === emailOf(number));

  async function perform(full: boolean): Promise<void> {
    const trigger = { kind: "person", by: "U1" } as const;
    const work = { kind: "sync", full, approved: null } as const;
    const queued = await runs.queue({ flow, trigger, work, channel: null }, clock.now());
    for (let times = 0; times < 50; times += 1) {
      const { again } = await engine.perform(queued.run.id);
      if (again !== null) {
        pair.clock.pass(Math.max(0, again.since(clock.now()).total("milliseconds")));
        continue;
      }
      const done = await runs.get(queued.run.id);
      expect(done && isOver(done.state) ? done.state.kind : "not over").toBe("done");
      return;
    }
    throw new Error("The run never ends");
  }

  async function choose(counts: "source" | "target"): Promise<void> {
    const [open] = await conflicts.list({ limit: 1 });
    if (open === undefined) return;
    const choices = Object.fromEntries(Object.keys(open.fields).map((name) => [name, counts]));
    await conflicts.choose(open.id, open.version, choices, "U1", clock.now());
  }

  function put(at: Side, who: number): void {
    if (seen[at].has(who) || rowOf(at, who) !== undefined) return;
    seen[at].add(who);
    pair[at].put({ name: `P${who}`, email: emailOf(who) });
  }
  const idOf = (one: { side: Side; who: number }): string => rowOf(one.side, one.who)?.id ?? "";

  const sent = (): number => pair.left.sent.length + pair.right.sent.length;

  return {
    async take(one: Step): Promise<void> {
      pair.clock.pass(120_000);
      switch (one.kind) {
        case "put":
          return put(one.side, one.who);
        case "edit":
          return pair[one.side].edit(idOf(one), { [one.field]: one.value || null });
        case "archive":
          return pair[one.side].archive(idOf(one));
        case "run":
          return perform(one.full);
        case "decide":
          return choose(one.side);
        default:
          one satisfies never;
      }
    },
    async rest(): Promise<void> {
      for (const full of [false, true, false]) await perform(full);
      const before = sent();
      await perform(false);
      expect(sent(), "it does not come to rest").toBe(before);
    },
    /** What is neither the same on both sides nor asked about. */
    async wrong(): Promise<string[]> {
      const open = await conflicts.list({ limit: 100 });
      // One that was made anew where its partner was archived: a person links it, or lets it be.
      const waiting = new Set((await letters.list({ flow, limit: 100 })).filter(({ problem }) => problem.code === "ALREADY_LINKED").map(({ key }) => key)); // prettier-ignore
      return [0, 1, 2].flatMap((number) => {
        const [here, there] = [rowOf("left", number), rowOf("right", number)];
        for (const at of ["left", "right"] as const)
          if (
            pair[at].live().filter(({ fields }) => fields["email"] === emailOf(number)).length > 1
          )
            return [`${number} is there twice on the ${at}`];
        if (here === undefined || there === undefined) return [];
        if (waiting.has(here.id) || waiting.has(there.id)) return [];
        const asked = open.find(({ key }) => key === here.id)?.fields ?? {};
        return (["phone", "notes", "name"] as const)
          .filter((name) => !sameValue(here.fields[name] ?? null, there.fields[name] ?? null))
          .filter((name) => asked[name] === undefined)
          .map((name) => `${name} of ${number} differs: ${JSON.stringify([here.fields[name], there.fields[name]])}`); // prettier-ignore
      });
    },
  };
}
