import type { Engine } from "#domain/ports/engine.ts";
import type { Run, RunWork } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import type { World } from "../support/memory/world.ts";

export const everything: RunWork = { kind: "sync", full: true, approved: null };
export const changes: RunWork = { kind: "sync", full: false, approved: null };

/** Queues a run and performs it until it is over, however often it waits. */
export async function perform(
  world: World,
  work: RunWork = changes,
  engine: Engine = makeEngine(world.ports),
): Promise<Run> {
  const { id } = await world.queue(work);
  return through(world, id, engine);
}

export async function through(world: World, id: Run["id"], engine: Engine): Promise<Run> {
  for (let times = 0; times < 200; times += 1) {
    const { again } = await engine.perform(id);
    if (again === null) return world.run(id);
    world.clock.pass(Math.max(0, again.since(world.clock.now()).total("milliseconds")));
  }
  throw new Error("The run never ends");
}
