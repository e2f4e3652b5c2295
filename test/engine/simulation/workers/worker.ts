import { createHash } from "node:crypto";
import type { FlowName, RunId } from "#domain/ids.ts";
import type { Grip } from "#domain/grip.ts";
import type { Registry } from "#domain/ports/registry.ts";
import type { Source, Target } from "#domain/ports/tools.ts";
import { makeEngine } from "#engine/engine.ts";
import type { Ports } from "#engine/ports.ts";
import { handOut } from "#operations/events/hand-out.ts";
import { startOnEvent } from "#operations/runs/start-on-event.ts";
import { wakeReaders } from "#operations/runs/wake-readers.ts";
import { announcing } from "../../../../src/announcing.ts";
import { withHub, withHubConnection } from "../../../../src/hub-tools.ts";
import { makeOpenFlow } from "../../../../src/open-flow.ts";
import { noted } from "../faults/matrix.ts";
import type { SimJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { type Connectors, makeConnectors } from "./connectors.ts";
import { makeSimEgress } from "./egress.ts";
import { type Gate, makeGate } from "./gate.ts";

export type Worker = ReturnType<typeof makeWorker>;

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22); // prettier-ignore
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A process of ours: its own engine and connectors over the store that all share, through a gate of its own. */
export function makeWorker(id: number, world: World) {
  const { clock, chance, coverage, store, plan } = world;
  const tell = (line: string): void => world.trace(`worker ${String(id)} ${line}`);
  const gate = makeGate({ chance, coverage, clock, weather: world.weather.store, tell });
  const closing = new AbortController();
  const connectors = makeConnectors(plan, {
    vault: gate.gated(store.vaults.of({ id, untilUp: gate.untilUp, moment: gate.moment })),
    allowance: gate.gated(store.allowance),
    hints: gate.gated(store.hints),
    clock: gate.gated(clock, false),
    egress: gate.gated(makeSimEgress(id, { outside: world.outside, clock, chance, weather: world.weather.net, trace: world.trace, traced: world.traced, crash: () => world.staff.crash(id) }), false), // prettier-ignore
  });
  const sound = portsOf(world, gate, connectors, closing.signal);
  const ports = world.bug?.ports?.(sound, world) ?? sound;
  const engine = makeEngine(ports);
  const { registry, runs, ledger } = ports;
  const atWork = {
    registry,
    runs,
    ledger,
    events: gate.gated(store.events),
    queue: store.jobs.queue,
  };

  /** What a process does with a job, as work.ts does. Returns when it is to come again. */
  async function againAfter(job: SimJob): Promise<Temporal.Instant | null> {
    switch (job.kind) {
      case "event":
        noteStart(world, job.flow);
        return startOnEvent(atWork, job.flow, clock.now());
      case "published":
        return handOut(atWork, clock.now());
      case "run":
        return afterRun(job.run);
      default:
        return job satisfies never;
    }
  }

  async function afterRun(id: RunId): Promise<Temporal.Instant | null> {
    const { again, woken } = await engine.perform(id);
    for (const run of woken) store.jobs.add({ kind: "run", run });
    world.ended(id);
    if (again !== null) return again;
    await wakeReaders(atWork, id);
    const run = await runs.get(id);
    if (run === undefined) return null;
    store.jobs.hasten({ kind: "event", flow: run.flow });
    for (const { id, flow } of await runs.unfinished())
      if (flow === run.flow) store.jobs.hasten({ kind: "run", run: id });
    return null;
  }

  async function perform(job: SimJob): Promise<void> {
    const again = await againAfter(job);
    if (again !== null) store.jobs.add(job, again.epochMilliseconds);
  }

  return { id, gate, closing, perform };
}

function noteStart({ memory, coverage }: World, name: FlowName): void {
  const flow = memory.flows.get(name);
  if (flow?.trigger.kind === "published") noted(coverage, "E1.published");
  if (flow?.trigger.kind === "event" && flow.from.connection === "hub") noted(coverage, "E2.hub");
}

function portsOf(world: World, gate: Gate, connectors: Connectors, closing: AbortSignal): Ports {
  const { store, chance } = world;
  const gated = <Port extends object>(port: Port): Port => gate.gated(port);
  const registry = gated(store.registry);
  const told = announcing(
    {
      ledger: { ...gated(store.ledger), back: gated(store.ledger.back) },
      runs: gated(store.runs),
      events: gated(store.events),
    },
    () => Promise.resolve(store.jobs.add({ kind: "published" })),
  );
  return {
    openFlow: opener(world, gate, registry, connectors),
    hold: gated({ hold: store.hold }).hold,
    ...told,
    references: gated(store.references),
    conflicts: gated(store.conflicts),
    letters: gated(store.letters),
    incidents: gated(store.incidents),
    registry,
    outbox: gated(store.outbox),
    clock: gate.gated(world.clock, false),
    chance,
    hash,
    log: silent,
    closing,
  };
}

/** Opens both ends of a flow as our composition root does; each end once for a worker. */
function opener(world: World, gate: Gate, registry: Registry, { tools, connectionTo }: Connectors) {
  const { store, plan } = world;
  const sources = new Map<string, Source>();
  const targets = new Map<string, Target>();
  const both = withHub(
    {
      source: () => gate.gated(store.hub.source),
      target: (_entity, from) => gate.gated(store.hub.target(from)),
      record: () => Promise.resolve(undefined),
    },
    tools,
  );

  function kept<Made>(made: Map<string, Made>, key: string, make: () => Made): Made {
    const found = made.get(key) ?? make();
    made.set(key, found);
    return found;
  }
  const { conversion } = plan;
  /** Of the run that has the target now. */
  const grips = new Map<string, Grip | undefined>();
  return makeOpenFlow({
    registry: withHubConnection({
      ...registry,
      connection: (name) => Promise.resolve(connectionTo(name)),
    }),
    tools: {
      facts: both.facts,
      source: (connection, object) =>
        kept(sources, `${connection.name}/${object}`, () => both.source(connection, object)),
      target(connection, object, origin, terms) {
        const key = `${String(origin?.flow)} ${connection.name}/${object} ${String(origin?.content === null)}`; // prettier-ignore
        grips.set(key, terms?.grip);
        const grip = { sure: () => gate.untilUp() ?? grips.get(key)?.sure() ?? null };
        return kept(targets, key, () => both.target(connection, object, origin, { grip }));
      },
    },
    conversions: new Map(conversion === null ? [] : [[conversion.name, conversion]]),
  });
}
