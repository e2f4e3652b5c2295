import type { DeadLetter } from "#domain/dead-letter.ts";
import type { FlowName } from "#domain/ids.ts";
import { isOver } from "#domain/run.ts";
import { noted } from "../faults/matrix.ts";
import type { World } from "../world.ts";

/** What people do with runs, dead letters and flows, as the operations do it. */
export function makeOperators(world: World) {
  const { chance, coverage, clock, memory, store } = world;
  const { runs, registry, letters, conflicts, jobs } = store;
  const flows = () => [...memory.flows.values()];
  const someFlow = () => chance.pick([flows()[0], ...flows()]);
  const waiting = () => [...memory.letters.values()].filter(({ state }) => state.kind === "open");
  // What may have been written already is only sent again by a person who has looked.
  const certain = ({ problem }: Pick<DeadLetter, "problem">): boolean => problem.class !== "ambiguous_write"; // prettier-ignore

  async function sync(
    flow: FlowName,
    full: boolean,
    approved: string | null = null,
  ): Promise<void> {
    // prettier-ignore
    const asked = { flow, trigger: { kind: "person", by: "U1" }, work: { kind: "sync", full, approved }, channel: null } as const; // prettier-ignore
    const { run } = await runs.queue(asked, clock.now());
    world.trace(`${by("sync", full)} ${flow} ${run.id}`);
    jobs.add({ kind: "run", run: run.id });
  }
  const by = (what: string, full: boolean): string => `${what}${full ? " in full" : ""}`;

  async function retry(some: readonly DeadLetter[]): Promise<void> {
    for (const [flow, of] of Map.groupBy(some, (letter) => letter.flow)) {
      const run = await runs.retry(flow, of.map(({ id }) => id), "U1", clock.now()); // prettier-ignore
      if (run === undefined) continue;
      world.trace(`retry ${flow} ${run.id}`);
      jobs.add({ kind: "run", run: run.id });
    }
  }

  /** Corrects what the tool did not take, and tries it again. */
  async function correct(): Promise<void> {
    const letter = waiting().find(({ problem }) => problem.code === "6240");
    const field = letter?.problem.field;
    if (letter === undefined || field == null) return;
    const fields = { ...letter.fields, [field]: String(letter.fields[field]).replace("bad", "mended") }; // prettier-ignore
    const entry = { at: clock.now(), by: "U1", what: "corrected" };
    if (!(await letters.edit(letter.id, letter.version, fields, entry))) return;
    noted(coverage, "Q3.edited");
    await retry([letter]);
  }

  async function discard(): Promise<void> {
    const letter = waiting().find(certain);
    if (letter === undefined) return;
    noted(coverage, "Q8.discarded");
    await letters.discard(letter.id, "U1", "not needed", clock.now());
  }

  async function cancel(): Promise<void> {
    const run = chance.pick([undefined, ...[...memory.runs.values()].filter(({ state }) => !isOver(state))]); // prettier-ignore
    if (run === undefined) return;
    noted(coverage, "H1.cancel");
    await runs.cancel(run.id, "U1", clock.now());
  }

  async function pause(): Promise<void> {
    const flow = someFlow();
    if (flow === undefined) return;
    noted(coverage, "H2.paused");
    await registry.turnFlow(flow.name, { kind: "paused", reason: "lunch", held: false, by: "U1", at: clock.now() }); // prettier-ignore
  }

  /** Whatever paused a flow, somebody sees to it: signs in again, lets a held run through, resumes. */
  async function resume(): Promise<void> {
    for (const [name, { signIn }] of Object.entries(world.outside.places))
      if (signIn.isOver()) store.vaults.put(name, signIn.again());
    for (const flow of flows()) {
      if (flow.state.kind !== "paused") continue;
      const { held } = flow.state;
      await registry.turnFlow(flow.name, { kind: "on" });
      const last = store.held.findLast(({ run }) => run.flow === flow.name);
      if (held) noted(coverage, "H3.held");
      const full = held && last?.run.work.kind === "sync" && last.run.work.full;
      await sync(flow.name, full, held ? (last?.foresight.set ?? null) : null);
    }
  }

  async function decide(): Promise<void> {
    for (const conflict of await conflicts.list({ limit: 20 })) {
      const [field] = Object.keys(conflict.fields);
      if (field === undefined || !chance.happens(0.6)) continue;
      noted(coverage, "H4.choice");
      world.decided.add(`${String(conflict.record["company_name"])} ${field}`);
      const choices = { [field]: chance.pick(["source", "target"]) } as const;
      await conflicts.choose(conflict.id, conflict.version, choices, "U1", clock.now());
      const run = await runs.carryOut(conflict.flow, "U1", clock.now());
      jobs.add({ kind: "run", run: run.id });
    }
  }

  async function retryAll(): Promise<void> {
    const some = waiting().filter(certain);
    if (some.length > 0) noted(coverage, "Q1.retry");
    await retry(some);
  }

  return {
    sync,
    resume,
    retryAll,
    retry,
    /** One that waits for somebody; undefined where there is none. */
    aDeadLetter: () => waiting().find(certain),
    async syncAll(full: boolean): Promise<void> {
      for (const { name } of flows()) await sync(name, full);
    },
    /** One of them does something. */
    async one(): Promise<void> {
      const flow = someFlow();
      const draw = chance.whole(20);
      if (draw < 9) await sync(flow?.name ?? ("" as FlowName), chance.happens(0.3));
      else if (draw < 11) await retryAll().then(() => (chance.happens(0.3) ? cancel() : undefined));
      else if (draw < 13) await correct();
      else if (draw < 14) await discard();
      else if (draw < 16) await cancel();
      else if (draw < 17) await pause();
      else if (draw < 19) await decide();
      else await resume();
    },
  };
}
export type Operators = ReturnType<typeof makeOperators>;
