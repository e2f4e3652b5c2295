import { createHash } from "node:crypto";
import type { Fields } from "#domain/fields.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName, type DeadLetterId } from "#domain/ids.ts";
import type { HeldRun } from "#domain/ports/hold.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Run, RunWork } from "#domain/run.ts";
import { makeChance } from "./chance.ts";
import { makeFakeClock } from "./clock.ts";
import { memoryConflicts } from "./conflicts.ts";
import { memoryEvents } from "./events.ts";
import { memoryIncidents } from "./incidents.ts";
import { memoryLedger } from "./ledger.ts";
import { memoryLetters } from "./letters.ts";
import { makeMemory, type StoredLetter } from "./memory.ts";
import { memoryOutbox } from "./outbox.ts";
import { memoryRegistry } from "./registry.ts";
import { memoryReferences } from "./references.ts";
import { memoryRuns } from "./runs.ts";
import { memorySource } from "./source.ts";
import { memoryTarget } from "./target.ts";
import { plainPlan } from "../plain-plan.ts";

export const people = flowName("people");

const plan: FlowPlan = {
  name: people,
  from: { connection: connectionName("crm"), object: "contacts" },
  to: { connection: connectionName("books"), object: "customers" },
  ...plainPlan,
  match: ["email"],
  about: "Every contact is a customer",
};

export const person = (name: string, more: Fields = {}): Fields => ({
  name,
  email: `${name.toLowerCase()}@example.com`,
  ...more,
});

/** One flow between two tools, everything in memory, time that passes by itself. */
export function makeWorld(about: Partial<FlowPlan> = {}, seed = 1) {
  const clock = makeFakeClock();
  const memory = makeMemory(clock);
  const source = memorySource();
  const target = memoryTarget(clock);
  const flow: Flow = { ...plan, ...about, state: { kind: "on" }, version: 1 };
  memory.flows.set(flow.name, flow);
  const logged: { level: string; message: string; about: unknown }[] = [];
  const at = (level: string) => (message: string, more?: Record<string, unknown>) =>
    void logged.push({ level, message, about: more });
  const log: Log = { info: at("info"), warn: at("warn"), error: at("error") };
  const closing = new AbortController();
  const ends: Ends = { source, target, entity: { from: "customer", to: "customer" } };
  const held: HeldRun[] = [];
  const events = memoryEvents();
  const ports = {
    openFlow: (): Promise<Ends & { back: Ends | null }> => Promise.resolve({ ...ends, back: null }),
    hold: (asked: HeldRun) => {
      held.push(asked);
      return Promise.resolve();
    },
    conflicts: memoryConflicts(memory),
    ledger: memoryLedger(memory, events),
    references: memoryReferences(memory),
    runs: memoryRuns(memory),
    letters: memoryLetters(memory),
    incidents: memoryIncidents(memory),
    events,
    registry: memoryRegistry(memory),
    outbox: memoryOutbox(memory),
    clock,
    chance: makeChance(seed),
    hash: (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22),
    log,
    closing: closing.signal,
  };

  return {
    clock,
    /** What the process does when it is to end. */
    close: () => closing.abort(),
    memory,
    source,
    target,
    ends,
    ports,
    logged,
    /** What somebody waits to be told, and what was told. */
    events,
    /** What people were asked about. */
    held,
    flow: () => memory.flows.get(flow.name) ?? flow,
    async queue(work: RunWork, channel: string | null = null): Promise<Run> {
      const trigger = { kind: "person", by: "U1" } as const;
      const at = clock.now();
      if (work.kind === "sync")
        return (await ports.runs.queue({ flow: flow.name, trigger, work, channel }, at)).run;
      if (work.kind === "bring") return ports.runs.bring(flow.name, work.keys, trigger, at);
      if (work.bulk !== undefined) {
        const { incident } = work.bulk;
        const total = await ports.letters.count({ flow: flow.name, states: ["open"] });
        const asked = { flow: flow.name, incident, by: "U1", as: work.as ?? null, total, channel };
        return (await ports.runs.retryAll(asked, at)).run;
      }
      const run = await ports.runs.retry(flow.name, work.letters, "U1", at, { unsure: true });
      if (run === undefined) throw new Error("None of these dead letters is open");
      return run;
    },
    run(id: Run["id"]): Run {
      const run = memory.runs.get(id);
      if (run === undefined) throw new Error(`no run ${id}`);
      return run;
    },
    letters(state?: string): StoredLetter[] {
      return [...memory.letters.values()].filter(
        (letter) => state === undefined || letter.state.kind === state,
      );
    },
    openLetters(which: (letter: StoredLetter) => boolean = () => true): readonly DeadLetterId[] {
      return [...memory.letters.values()]
        .filter((letter) => letter.state.kind === "open" && which(letter))
        .map(({ id }) => id);
    },
    links: () => memory.links.get(flow.name) ?? new Map(),
  };
}
export type World = ReturnType<typeof makeWorld>;
