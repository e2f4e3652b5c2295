import type { End, Flow } from "#domain/flow.ts";
import { hubConnection } from "#domain/hub.ts";
import type { RunId } from "#domain/ids.ts";
import { isOver, type Counts } from "#domain/run.ts";
import { spokeOf } from "#domain/spoke.ts";
import type { World } from "../world.ts";
import { wakeFlows } from "./start-on-event.ts";

type Parts = Pick<World, "registry" | "runs" | "queue" | "ledger">;

/**
 * Once a run has brought something to the hub, the flows start that wait for it there. Where the hub kept a
 * value of its own, only the flow that takes it back to the same tool does.
 */
export async function wakeReaders(world: Parts, id: RunId): Promise<void> {
  const run = await world.runs.get(id);
  if (run === undefined || !isOver(run.state)) return;
  const flow = await world.registry.flow(run.flow);
  if (flow === undefined) return;
  const objects = written(flow)
    .filter(isHub)
    .map(({ object }) => object);
  if (objects.length === 0) return;
  if (hasChanged(run.counts)) await wakeFlows(world, hubConnection.name, objects);
  else await wakeOwing(world, flow);
}

const written = ({ from, to, twoWay }: Flow): readonly End[] =>
  twoWay === null ? [to] : [to, from];

const isHub = ({ connection }: End): boolean => connection === hubConnection.name;

const hasChanged = ({ created, updated, deleted }: Counts): boolean =>
  created + updated + deleted > 0;

async function wakeOwing({ registry, ledger, queue }: Parts, flow: Flow): Promise<void> {
  const flows = await registry.flows();
  for (const counter of spokeOf(flow, flows)?.counters ?? []) {
    const found = flows.find(({ name }) => name === counter);
    if (found?.trigger.kind !== "event" || found.state.kind !== "on") continue;
    if ((await ledger.owed(counter, null, 1)).length > 0)
      await queue.add({ kind: "event", flow: counter });
  }
}
