import type { Scheduler } from "fast-check";
import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { makePerform } from "#operations/gate.ts";
import { makeChance } from "../../support/memory/chance.ts";
import { memoryLedger } from "../../support/memory/ledger.ts";
import { memoryReferences } from "../../support/memory/references.ts";
import { memorySource } from "../../support/memory/source.ts";
import { memoryTarget } from "../../support/memory/target.ts";
import type { Store } from "../../support/with-store.ts";
import { makeRoom } from "../support/room.ts";
import { keys, refusedAtFirst } from "./keys.ts";
import type { Repeat } from "./model.ts";
import { makeSlowTool } from "./slow-tool.ts";
import { makeTogether } from "./together.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const states = ["open", "retrying", "written", "superseded", "discarded"] as const;

/** The real operations and the real engine over a store, with a source and a target that obey the test. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** `store`: the embedded database; null is everything in memory. */
export async function openDesk(store: Store | null, scheduler: Scheduler | null, repeat: Repeat) {
  const room = await makeRoom();
  const { clock, memory, queue } = room;
  const told: string[] = [];
  const kept = {
    ...room.world,
    ledger: memoryLedger(memory),
    references: memoryReferences(memory),
    ...store,
  };
  const flow = { ...room.flow, guard: null, trigger: { kind: "manual" } as const };
  if (store !== null) {
    await kept.registry.save({ connections: await room.world.registry.connections(), flows: [] });
    await kept.people.grant({ subject: { kind: "user", id: "U0OPERATOR" }, role: "operator" });
  }
  await kept.registry.save({ connections: [], flows: [flow] });
  const together = makeTogether(scheduler);
  const world = {
    ...kept,
    letters: together.each(kept.letters),
    runs: together.each(kept.runs),
    incidents: together.each(kept.incidents),
    outbox: {
      ...kept.outbox,
      tell(subject: Parameters<typeof kept.outbox.tell>[0]) {
        if (subject.kind === "incident" || subject.kind === "incident_note") told.push(subject.id);
        return kept.outbox.tell(subject);
      },
    },
  };
  const source = memorySource();
  source.pageSize = 60;
  const target = memoryTarget(clock);
  target.repeat = repeat;
  const tool = { strict: true };
  target.refuse = ({ notes }) =>
    tool.strict && String(notes).startsWith("bad")
      ? { class: "rejected", field: "notes", code: "BAD_NOTES", message: "These are not accepted" }
      : null;
  const ends = {
    source,
    target,
    entity: { from: "customer", to: "customer" } as const,
    back: null,
  };
  const engine = makeEngine({
    ...world,
    openFlow: () => Promise.resolve(ends),
    hold: () => Promise.reject(new Error("nothing is held here")),
    clock,
    chance: makeChance(1),
    log: silent,
    closing: new AbortController().signal,
  });
  const perform = makePerform(world);
  const write = (key: string, notes: string): void => source.put(key, { name: key, email: `${key}@example.com`, notes }); // prettier-ignore

  /** Performs the run that waits longest until it is over or rests; null where there is none. */
  async function work(): Promise<Run | null> {
    const job = queue.jobs.shift();
    if (job === undefined) return null;
    if (job.kind !== "run") return work();
    for (let times = 0; times < 5; times += 1) {
      const { again } = await engine.perform(job.run);
      if (again === null) return (await kept.runs.get(job.run)) ?? null;
      clock.pass(Math.max(0, again.since(clock.now()).total("milliseconds")));
    }
    // It lets others go first.
    await queue.add(job);
    return (await kept.runs.get(job.run)) ?? null;
  }

  // Those that are refused stand between those that are not, or it would be taken for a broken mapping.
  const good = keys.slice(refusedAtFirst);
  for (const [n, key] of good.entries()) {
    write(key, `good ${key}`);
    if (n < refusedAtFirst) write(keys[n] ?? "", `bad ${keys[n] ?? ""}`);
  }
  await perform("runs.start", { flow: flow.name }, { kind: "slack", team: "T0HARBOUR", user: "U0ADMIN" }); // prettier-ignore
  await work();
  clock.pass(1_000);

  return {
    ...room,
    store: kept,
    perform,
    source,
    target,
    slowTool: makeSlowTool(target, clock),
    tool,
    told,
    write,
    work,
    /** What each person has before them. */
    forms: new Map<string, { id: string; version: number }>(),
    togetherDo: together.both,
    /** All dead letters by the names that the model gives them. */
    async letters(): Promise<ReadonlyMap<string, DeadLetter>> {
      const all = await kept.letters.list({ flow: flow.name, states, limit: 5_000 });
      const byKey = Map.groupBy(all, ({ key }) => key);
      return new Map([...byKey].flatMap(([key, some]) => some.map((letter, n): [string, DeadLetter] => [`${key}#${String(n + 1)}`, letter]))); // prettier-ignore
    },
  };
}
