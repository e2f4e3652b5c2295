import type { Flow, FlowPlan } from "#domain/flow.ts";
import type { Asked } from "../operation.ts";
import { tell } from "../tell.ts";
import { truthEntry } from "../workspace/two-way.ts";

/**
 * What a changed flow means for what waits for a person between its sides. Where it goes one way now that is
 * over, which its card says. Another rule for what both sides changed counts for what waits for a person too: all of it is weighed
 * again, by a run of its own where the flow is on, and else by the next one. What the rule leaves to a
 * person goes on waiting.
 */
export async function decideAgain(
  before: Pick<FlowPlan, "twoWay"> & Pick<Flow, "state">,
  { name, twoWay }: Pick<FlowPlan, "name" | "twoWay">,
  { world, by, at }: Pick<Asked, "world" | "by" | "at">,
): Promise<void> {
  if (before.twoWay === null) return;
  if (twoWay === null) {
    await world.conflicts.endOfOneWay(name, by, at);
    return tell(world, [{ kind: "conflicts", flow: name }]);
  }
  if (JSON.stringify(truthEntry(before.twoWay)) === JSON.stringify(truthEntry(twoWay))) return;
  if ((await world.conflicts.weighAgain(name)) === 0 || before.state.kind !== "on") return;
  const run = await world.runs.carryOut(name, by, at);
  await world.queue.add({ kind: "run", run: run.id });
}
