import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EntityName } from "#domain/entities/index.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { hubConnection, hubFacts } from "#domain/hub.ts";
import type { FlowName } from "#domain/ids.ts";
import type { Job } from "#domain/ports/queue.ts";
import type { Source, Target } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { startOnEvent } from "#operations/runs/start-on-event.ts";
import { wakeReaders } from "#operations/runs/wake-readers.ts";
import { withHubConnection } from "../../src/hub-tools.ts";
import { makeOpenFlow } from "../../src/open-flow.ts";
import { silent } from "../connectors/world.ts";
import type { Store } from "../support/with-store.ts";
import { openTool, type Side } from "./ends.ts";
import type { ToolName } from "../connectors/acceptance/tool.ts";
import { planFrom } from "../support/plain-plan.ts";

/** How often each record of a tool was asked for by its id or a field, and how often a list brought it. */
export type Reads = { asked: Map<string, number>; listed: Map<string, number> };
export type Spoke = Side & { as: string; object: string; reads: Reads };

/** Connections of a team, by name, each to a simulated tool of its own; flows run as they do in the bot. */
export async function openTeam(store: Store, tools: Readonly<Record<string, ToolName>>) {
  await using parts = new AsyncDisposableStack();
  const spokes: Spoke[] = [];
  for (const [as, tool] of Object.entries(tools)) {
    const side = parts.use(await openTool(tool, as));
    const object = side.objects.find(({ entity, writes }) => entity === "customer" && writes);
    if (object === undefined) throw new Error(`${tool} has no customers`);
    spokes.push({
      ...side,
      as,
      object: object.name,
      reads: { asked: new Map(), listed: new Map() },
    });
  }
  const spoke = (as: string): Spoke => {
    const found = spokes.find((one) => one.as === as);
    if (found === undefined) throw new Error(`no connection ${as}`);
    return found;
  };

  const registry = withHubConnection(store.registry);
  const isHub = ({ name }: { name: string }): boolean => name === hubConnection.name;
  const openFlow = makeOpenFlow({
    registry,
    conversions: new Map(),
    tools: {
      facts: (connector) =>
        connector === hubFacts.name
          ? hubFacts
          : spokes.find(({ facts }) => facts.name === connector)?.facts,
      source: (connection, object) =>
        isHub(connection)
          ? store.hub.source(object as EntityName)
          : counted(spoke(connection.name), spoke(connection.name).source(object)),
      target: (connection, object, origin) => {
        if (origin === undefined) throw new Error("whose values?");
        return isHub(connection)
          ? store.hub.target(object as EntityName, origin.connection)
          : countedTarget(spoke(connection.name), spoke(connection.name).target(object, origin));
      },
    },
  });
  const clock: Clock = {
    now: () => Temporal.Now.instant(),
    elapsed: () => performance.now(),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  };
  const engine = makeEngine({
    ...store,
    registry,
    openFlow,
    hold: () => Promise.reject(new Error("nothing is to be held")),
    clock,
    chance: { fraction: () => 0.5, id: () => randomUUID() },
    hash: (text) => createHash("sha256").update(text).digest("base64url"),
    log: silent,
    closing: new AbortController().signal,
  });

  const jobs: Job[] = [];
  const queue = {
    add(job: Job) {
      if (!jobs.some((one) => JSON.stringify(one) === JSON.stringify(job))) jobs.push(job);
      return Promise.resolve();
    },
    schedule: () => Promise.resolve(),
  };
  const world = { registry, runs: store.runs, ledger: store.ledger, queue };

  /** Does what is to be done, and what comes of that, until all is quiet. Returns the runs. */
  async function rest(): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      if (job.kind === "event") await startOnEvent(world, job.flow, clock.now());
      if (job.kind !== "run") continue;
      const { again, woken } = await engine.perform(job.run);
      for (const run of woken) await queue.add({ kind: "run", run });
      if (again !== null) {
        await sleep(Math.max(0, again.since(clock.now()).total("milliseconds")));
        await queue.add(job);
        continue;
      }
      await wakeReaders(world, job.run);
      const run = await store.runs.get(job.run);
      if (run !== undefined) runs.push(run);
    }
    return runs;
  }

  const kept = parts.move();
  return {
    spokes,
    spoke,
    rest,
    save: (flows: readonly FlowPlan[]) =>
      store.registry.save({ connections: spokes.map(({ connection }) => connection), flows }),
    async start(flow: FlowName, full = false): Promise<void> {
      const work = { kind: "sync", full, approved: null } as const;
      const trigger = { kind: "person", by: "U1" } as const;
      const { run } = await store.runs.queue({ flow, trigger, work, channel: null }, clock.now());
      await queue.add({ kind: "run", run: run.id });
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
export type Team = Awaited<ReturnType<typeof openTeam>>;

export const plan = (name: string, from: string, to: string, more: Partial<FlowPlan>): FlowPlan =>
  planFrom(name, from, to, { match: ["email"], ...more });

const note = (reads: Map<string, number>, records: readonly { id: string }[]): void => {
  for (const { id } of records) reads.set(id, (reads.get(id) ?? 0) + 1);
};

const counted = ({ reads }: Spoke, source: Source): Source => ({
  ...source,
  async *pages(from, about) {
    const seen = new Set<string>();
    for await (const page of source.pages(from, about)) {
      // Pages overlap where they go by position: what comes twice in a list was read once.
      note(reads.listed, page.records.filter(({ id }) => !seen.has(id))); // prettier-ignore
      for (const { id } of page.records) seen.add(id);
      yield page;
    }
  },
  async read(ids, signal) {
    const found = await source.read(ids, signal);
    note(reads.asked, found);
    return found;
  },
});

const countedTarget = ({ reads }: Spoke, target: Target): Target => ({
  ...target,
  async find(field, wanted, signal) {
    const found = await target.find(field, wanted, signal);
    note(reads.asked, found.flat());
    return found;
  },
  async read(ids, signal) {
    const found = await target.read(ids, signal);
    note(reads.asked, found);
    return found;
  },
});
