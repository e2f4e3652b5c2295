import { createHash } from "node:crypto";
import { entityOf } from "#domain/entities/index.ts";
import type { Flow } from "#domain/flow.ts";
import type { Ends, Source, Target } from "#domain/ports/tools.ts";
import { converted } from "#engine/convert.ts";
import { makeEngine } from "#engine/engine.ts";
import type { Ports } from "#engine/ports.ts";
import { startOnEvent } from "#operations/runs/start-on-event.ts";
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
  const gate = makeGate({ chance, coverage, weather: world.weather.store, tell });
  const closing = new AbortController();
  const connectors = makeConnectors(plan, {
    vault: gate.gated(store.vaults.of(id)),
    allowance: gate.gated(store.allowance),
    hints: gate.gated(store.hints),
    clock: gate.gated(clock, false),
    egress: gate.gated(makeSimEgress(id, { outside: world.outside, clock, chance, weather: world.weather.net, trace: world.trace }), false), // prettier-ignore
  });
  const sound = portsOf(world, gate, connectors, closing.signal);
  const ports = world.bug?.ports?.(sound, world) ?? sound;
  const engine = makeEngine(ports);
  const atWork = { registry: ports.registry, runs: ports.runs, queue: store.jobs.queue };

  /** What a process does with a job, as work.ts does. */
  async function perform(job: SimJob): Promise<void> {
    if (job.kind === "event") {
      const again = await startOnEvent(atWork, job.flow, clock.now());
      if (again !== null) store.jobs.add(job, again.epochMilliseconds);
      return;
    }
    const { again, woken } = await engine.perform(job.run);
    for (const run of woken) store.jobs.add({ kind: "run", run });
    if (again !== null) store.jobs.add(job, again.epochMilliseconds);
    world.ended(job.run);
  }

  return { id, gate, closing, perform };
}

function portsOf(world: World, gate: Gate, connectors: Connectors, closing: AbortSignal): Ports {
  const { store, chance } = world;
  const gated = <Port extends object>(port: Port): Port => gate.gated(port);
  const openFlow = opener(world, gate, connectors);
  return {
    openFlow: (flow) =>
      Promise.resolve({
        ...openFlow(flow, flow.from, flow.to),
        back: flow.twoWay === null ? null : openFlow(flow, flow.to, flow.from),
      }),
    hold: gated({ hold: store.hold }).hold,
    ledger: { ...gated(store.ledger), back: gated(store.ledger.back) },
    references: gated(store.references),
    conflicts: gated(store.conflicts),
    runs: gated(store.runs),
    letters: gated(store.letters),
    incidents: gated(store.incidents),
    events: gated(store.events),
    registry: gated(store.registry),
    outbox: gated(store.outbox),
    clock: gate.gated(world.clock, false),
    chance,
    hash,
    log: silent,
    closing,
  };
}

/** Opens both ends of a flow, as our composition root does; once for a worker. */
function opener(world: World, gate: Gate, { tools, connectionTo }: Connectors) {
  const { store, plan } = world;
  const sources = new Map<string, Source>();
  const targets = new Map<string, Target>();
  const isHub = ({ connection }: Flow["from"]): boolean => connection === "hub";
  const keyOf = ({ connection, object }: Flow["from"]): string => `${connection}/${object}`;

  function kept<Made>(made: Map<string, Made>, key: string, make: () => Made): Made {
    const found = made.get(key) ?? make();
    made.set(key, found);
    return found;
  }
  const sourceAt = (end: Flow["from"]): Source =>
    kept(sources, keyOf(end), () => isHub(end) ? gate.gated(store.hub.source) : tools.source(connectionTo(end.connection), end.object)); // prettier-ignore
  const targetAt = (end: Flow["from"], origin: NonNullable<Parameters<typeof tools.target>[2]>): Target => // prettier-ignore
    kept(targets, `${origin.flow} ${keyOf(end)}`, () => isHub(end) ? gate.gated(store.hub.target) : tools.target(connectionTo(end.connection), end.object, origin)); // prettier-ignore
  const entityAt = (end: Flow["from"]) => {
    const facts = isHub(end) ? null : tools.facts(end.connection);
    return entityOf(facts?.objects.find((one) => one.name === end.object)?.entity ?? "customer")
      .name;
  };

  return (flow: Flow, from: Flow["from"], to: Flow["from"]): Ends => {
    const conversion = flow.convert === null ? null : plan.conversion;
    const read = sourceAt(from);
    const source = conversion === null ? read : converted(read, conversion, from.object);
    const origin = { connection: from.connection, flow: flow.name, content: source.content };
    return {
      source,
      target: targetAt(to, origin),
      entity: { from: conversion?.to ?? entityAt(from), to: entityAt(to) },
      once: conversion?.once ?? false,
    };
  };
}
