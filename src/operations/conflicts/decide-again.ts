import type { Flow, FlowPlan } from "#domain/flow.ts";
import type { Asked } from "../operation.ts";
import { truthEntry } from "../workspace/two-way.ts";

/**
 * Another rule for what both sides changed counts for what waits for a person too: all of it is weighed
 * again, by a run of its own where the flow is on, and else by the next one. What the rule leaves to a
 * person goes on waiting.
 */
export async function decideAgain(
  before: Pick<FlowPlan, "twoWay"> & Pick<Flow, "state">,
  { name, twoWay }: Pick<FlowPlan, "name" | "twoWay">,
  { world, by, at }: Pick<Asked, "world" | "by" | "at">,
): Promise<void> {
  if (before.twoWay === null || twoWay === null) return;
  if (JSON.stringify(truthEntry(before.twoWay)) === JSON.stringify(truthEntry(twoWay))) return;
  if ((await world.conflicts.weighAgain(name)) === 0 || before.state.kind !== "on") return;
  const run = await world.runs.carryOut(name, by, at);
  await world.queue.add({ kind: "run", run: run.id });
}
