import type { Flow } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import type { ConnectorFacts } from "#domain/ports/connector-facts.ts";
import type { Ends } from "#domain/ports/tools.ts";
import { converted } from "#engine/convert.ts";
import { makeEngine } from "#engine/engine.ts";
import { fillRecipe } from "#operations/recipes/fill.ts";
import { readFlows } from "#operations/workspace/flows.ts";
import { changes, through } from "../engine/performing.ts";
import { loadReadyMade } from "../../src/ready-made.ts";
import { makeWorld } from "../support/memory/world.ts";
import type { Side } from "./ends.ts";

export const readyMade = await loadReadyMade([
  new URL("../../manifests", import.meta.url).pathname,
]);

/** A recipe between these tools, and the real engine that runs its flows. */
export function cook(name: string, sides: Readonly<Record<string, Side>>) {
  const recipe = readyMade.recipes.find((one) => one.name === name);
  if (recipe === undefined) throw new Error(`there is no recipe ${name}`);
  const chosen = new Map(
    Object.entries(sides).map(([role, side]) => [
      role,
      { connection: side.connection, facts: { objects: side.objects } },
    ]),
  );
  const filled = fillRecipe(recipe, chosen, []);
  if (filled === null) throw new Error(`${name} does not go between these`);
  const entries = filled.flatMap((one) => ("entry" in one ? [[one.name, one.entry] as const] : []));
  const all = Object.values(sides);
  const { read, faults } = readFlows(Object.fromEntries(entries), {
    tools: { facts: (connector) => all.find((side) => side.name === connector)?.facts },
    existing: [],
    conversions: readyMade.conversions,
    connections: new Map(all.map(({ connection }) => [connection.name, connection])),
    broken: new Set(),
    loads: new Map(),
    linked: new Set<string>(),
  });
  if (faults.length > 0) throw new Error(JSON.stringify(faults));

  const world = makeWorld();
  world.memory.flows.clear();
  const flows = read.map((plan): Flow => ({ ...plan, state: { kind: "on" }, version: 1 }));
  for (const flow of flows) world.memory.flows.set(flow.name, flow);
  const sideAt = ({ connection }: Flow["from"]): Side => {
    const side = all.find((one) => one.connection.name === connection);
    if (side === undefined) throw new Error(`nobody is ${connection}`);
    return side;
  };
  const kind = (objects: ConnectorFacts["objects"], object: string) =>
    objects.find((one) => one.name === object)?.entity ?? "customer";
  const endsOf = (flow: Flow, at: Flow["from"], there: Flow["to"]): Ends => {
    const [from, to] = [sideAt(at), sideAt(there)];
    const conversion = flow.convert === null ? null : readyMade.conversions.get(flow.convert);
    if (conversion === undefined) throw new Error(`there is no conversion ${String(flow.convert)}`);
    const own = from.source(at.object);
    const source = conversion === null ? own : converted(own, conversion, at.object);
    const target = to.target(there.object, { connection: from.connection.name, flow: flow.name, content: source.content }); // prettier-ignore
    const entity = {
      from: conversion?.to ?? kind(from.objects, at.object),
      to: kind(to.objects, there.object),
    };
    return {
      source,
      target,
      entity,
      once: conversion?.once ?? false,
      follows: conversion?.follows ?? false,
    };
  };
  const openFlow = (flow: Flow) =>
    Promise.resolve({
      ...endsOf(flow, flow.from, flow.to),
      back: flow.twoWay === null ? null : endsOf(flow, flow.to, flow.from),
    });
  const engine = makeEngine({ ...world.ports, openFlow });

  /** Every flow once, in this order, and whatever that wakes. */
  async function runAll(order: readonly Flow[] = flows): Promise<void> {
    for (const { name: flow } of order) {
      const trigger = { kind: "person", by: "U1" } as const;
      const queued = await world.ports.runs.queue({ flow, trigger, work: changes as never, channel: null }, world.clock.now()); // prettier-ignore
      await through(world, queued.run.id, engine);
    }
    for (const run of [...world.memory.runs.values()])
      if (run.state.kind === "queued") await through(world, run.id, engine);
  }

  return {
    flows,
    runAll,
    /** What of this flow still waits, in the words of the cause. */
    open: () => world.letters("open").map(({ flow, problem }) => `${flow}: ${problem.message}`),
    /** How many records ever waited or could not be written. */
    letters: () => world.letters().length,
    linked: (flow: string): ReadonlyMap<string, { id: string }> =>
      world.memory.links.get(flowName(flow)) ?? new Map(),
    /** Time in the simulated world, for searches that lag. */
    pass: (ms: number) => world.clock.pass(ms),
  };
}
