import { runId } from "#domain/ids.ts";
import type { Ends } from "#domain/ports/tools.ts";
import { noCounts, type Run } from "#domain/run.ts";
import { makeCarrying } from "#engine/carried.ts";
import type { Claimed } from "#engine/claimed.ts";
import type { World } from "../support/memory/world.ts";

/** A run of the world's flow as a worker has it in hand. */
export function inHand(world: World, more: Partial<Claimed> = {}): Claimed {
  const flow = world.flow();
  const id = runId("run-in-hand");
  const run: Run = {
    id,
    flow: flow.name,
    state: { kind: "running" },
    trigger: { kind: "schedule" },
    work: { kind: "sync", full: false, approved: null },
    version: 1,
    arrived: false,
    counts: noCounts,
    total: null,
    queuedAt: world.clock.now(),
    startedAt: world.clock.now(),
    endedAt: null,
    channel: null,
  };
  const ends: Ends = { ...world.ends, source: world.source, target: world.target };
  world.memory.epochs.set(flow.name, 1);
  const never = new AbortController().signal;
  return {
    run,
    epoch: 1,
    way: "there",
    flow,
    ends,
    own: null,
    spoke: null,
    by: "U1",
    stop: never,
    calls: never,
    carried: makeCarrying().of(run),
    wanted: () => Promise.resolve(new Set()),
    ...more,
  };
}
