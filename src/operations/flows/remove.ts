import { Mistake } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import { z } from "zod";
import { watchSoon } from "../connections/watches.ts";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { chosen } from "../letters/chosen.ts";
import { operation, type Asked } from "../operation.ts";
import { cancelAll } from "../runs/cancel.ts";
import { reschedule } from "../schedules.ts";
import { settle, tell, tellIncidents } from "../tell.ts";
import { removalOf } from "./removal.ts";

const reason = "The flow was removed";

export const flowsRemove = operation("flows.remove", {
  title: "Removing a flow",
  needs: "admin",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: typed }, asked) {
    const { world, by, at } = asked;
    const flow = await findFlow(world, typed);
    const removal = await removalOf(world, flow);
    const { name } = flow;
    if (removal.current?.state.kind === "running") throw running(name);
    // From here on nothing new starts.
    await world.registry.turnFlow(name, { kind: "paused", reason, held: false, by, at });
    await cancelAll(name, asked);
    if ((await removalOf(world, flow)).current !== null) {
      if (flow.state.kind === "on") await world.registry.turnFlow(name, { kind: "on" });
      throw running(name);
    }
    await discardAll(name, asked);
    await tellIncidents(world, await world.incidents.clear(name, by, at));
    if (!(await world.registry.removeFlow(name))) throw running(name);
    await tell(world, [{ kind: "conflicts", flow: name }]);
    await reschedule(world);
    await watchSoon(world);
    return removal;
  },
});

const running = (name: string): Mistake =>
  new Mistake(
    `${name} is running. Cancel the run first; what was written stays written. Then it can be removed.`,
  );

/** Their incidents close, and their cards say why. */
async function discardAll(flow: FlowName, { world, by, at }: Asked): Promise<void> {
  for (;;) {
    const letters = await chosen(world, { flow });
    let discarded = 0;
    for (const { id } of letters)
      if (await world.letters.discard(id, by, reason, at)) discarded += 1;
    if (discarded === 0) break;
  }
  await settle(world, flow, by, at);
}
