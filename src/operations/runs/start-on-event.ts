import { endsRead, endText } from "#domain/flow.ts";
import type { ConnectionName, FlowName } from "#domain/ids.ts";
import { isStarted } from "../events/starting.ts";
import type { World } from "../world.ts";
import { queueRun } from "./queue-run.ts";

/** A run under way may have read past what has just arrived: once it is over, there is another one. */
const lookAgainSeconds = 2;

/** An object of a connection, of which something new has come. */
export type EndRead = { connection: ConnectionName; object: string };

type Waking = Pick<World, "registry" | "queue">;

/** Wakes the flows that wait for something of these objects. They are durable before this resolves. */
export const wakeFlows = (
  world: Waking,
  connection: ConnectionName,
  objects: readonly string[],
): Promise<void> =>
  wakeFlowsAt(
    world,
    objects.map((object) => ({ connection, object })),
  );

/** The same for several connections. */
export async function wakeFlowsAt(
  { registry, queue }: Waking,
  ends: readonly EndRead[],
): Promise<void> {
  if (ends.length === 0) return;
  const told = new Set(ends.map(endText));
  for (const flow of await registry.flows()) {
    const { name, trigger, state } = flow;
    const waits = trigger.kind === "event" && state.kind === "on";
    if (waits && endsRead(flow).some((end) => told.has(endText(end))))
      await queue.add({ kind: "event", flow: name });
  }
}

/** Whoever was not woken because the process ended just then reads now what has come. */
export async function wakeEventFlows({
  registry,
  queue,
}: Pick<World, "registry" | "queue">): Promise<void> {
  for (const flow of await registry.flows())
    if (isStarted(flow) && flow.state.kind === "on")
      await queue.add({ kind: "event", flow: flow.name });
}

/** Starts the flow; several events make one run. Returns when to try again, null when it will be read. */
export async function startOnEvent(
  world: Pick<World, "registry" | "runs" | "queue">,
  name: FlowName,
  at: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const flow = await world.registry.flow(name);
  // What arrives while it is paused is read when it is resumed.
  if (flow === undefined || !isStarted(flow) || flow.state.kind !== "on") return null;
  const work = { kind: "sync", full: false, approved: null } as const;
  const { kind } = flow.trigger;
  const asked = { flow: name, trigger: { kind }, work, channel: null } as const;
  const { run, fresh } = await queueRun(world, asked, at);
  if (fresh || run.state.kind === "queued") return null;
  // One that waits for its tool or its hours is not over before then.
  const { state } = run;
  const waits = state.kind === "waiting" && Temporal.Instant.compare(state.until, at) > 0;
  return (waits ? state.until : at).add({ seconds: lookAgainSeconds });
}
