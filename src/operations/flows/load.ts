import type { FlowName } from "#domain/ids.ts";
import { written } from "#domain/run.ts";
import type { World } from "../world.ts";

/** What one run of a flow handled lately, as a mean. */
export type Load = { read: number; written: number };

/** Of the last syncs that read what had changed; null where there is none. */
export async function loadOf({ runs }: Pick<World, "runs">, flow: FlowName): Promise<Load | null> {
  const done = (await runs.list({ flow, limit: 20 })).filter(
    ({ state, work }) => state.kind === "done" && work.kind === "sync" && !work.full,
  );
  if (done.length === 0) return null;
  const mean = (all: readonly number[]): number =>
    all.reduce((sum, one) => sum + one, 0) / all.length;
  return {
    read: mean(done.map(({ counts }) => counts.read)),
    written: mean(done.map(({ counts }) => written(counts))),
  };
}
