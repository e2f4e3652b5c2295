import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField, line, optional } from "../input.ts";
import { replaceWaiting } from "../approvals/request.ts";
import { heldKindName } from "../held/held.ts";
import { operation } from "../operation.ts";
import { cancelAll } from "../runs/cancel.ts";
import { reschedule } from "../schedules.ts";
import { tellIncidents } from "../tell.ts";
import { pausedText } from "./paused.ts";
import { statusOf } from "./status.ts";

export const flowsPause = operation("flows.pause", {
  title: "Pausing a flow",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    flow: flowField,
    reason: optional(line("a reason of at most 500 characters", 500)),
  }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name, reason = "no reason given" }, asked) {
    const { world, by, at } = asked;
    const flow = await findFlow(world, name);
    const state = { kind: "paused", reason, held: false, by, at } as const;
    if (!(await world.registry.turnFlow(flow.name, state)))
      throw new Mistake(`${pausedText(await findFlow(world, name))} Nothing was changed.`);
    if (flow.state.kind === "paused") {
      // It was held: nobody is asked about it any more.
      await replaceWaiting(world, { kind: heldKindName, subject: flow.name }, at);
      await tellIncidents(world, await world.incidents.clear(flow.name, by, at));
    }
    const stopped = await cancelAll(flow.name, asked);
    await reschedule(world);
    await tellIncidents(world, await world.incidents.open(flow.name));
    return { ...(await statusOf(world, { ...flow, state })), stopped };
  },
});
