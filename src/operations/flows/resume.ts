import { Mistake } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import { z } from "zod";
import { watchSoon } from "../connections/watches.ts";
import { isStarted } from "../events/starting.ts";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { replaceWaiting } from "../approvals/request.ts";
import { heldKindName } from "../held/held.ts";
import { operation, type Asked } from "../operation.ts";
import { queueRun } from "../runs/queue-run.ts";
import { reschedule } from "../schedules.ts";
import { tellIncidents } from "../tell.ts";
import { pausedText } from "./paused.ts";
import { statusOf } from "./status.ts";

export const flowsResume = operation("flows.resume", {
  title: "Resuming a flow",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, asked) {
    const { world } = asked;
    const flow = await findFlow(world, name);
    if (flow.state.kind === "off") throw new Mistake(pausedText(flow));
    if (!(await resume(flow, asked))) throw new Mistake(`${flow.name} is not paused.`);
    return statusOf(world, await findFlow(world, name));
  },
});

/**
 * Turns a paused flow on and closes what stood in its way; where the guard held a run, there is another
 * one at once, which is held again if it would still do too much. One that waits for events reads what
 * has arrived meanwhile. False when it was on already.
 */
export async function resume(
  flow: Flow,
  { world, by, at }: Pick<Asked, "world" | "by" | "at">,
): Promise<boolean> {
  if (!(await world.registry.turnFlow(flow.name, { kind: "on" }))) return false;
  await replaceWaiting(world, { kind: heldKindName, subject: flow.name }, at);
  await tellIncidents(world, await world.incidents.clear(flow.name, by, at));
  await reschedule(world);
  await watchSoon(world);
  if (isStarted(flow)) await world.queue.add({ kind: "event", flow: flow.name });
  if (flow.state.kind === "paused" && flow.state.held) {
    const work = { kind: "sync", full: await wasFull(world, flow), approved: null } as const;
    await queueRun(
      world,
      { flow: flow.name, trigger: { kind: "person", by }, work, channel: null },
      at,
    );
  }
  return true;
}

/** The next one must read what the held one read. */
async function wasFull({ runs }: Asked["world"], flow: Flow): Promise<boolean> {
  const newest = await runs.list({ flow: flow.name, limit: 20 });
  const held = newest.find(({ work }) => work.kind === "sync");
  return held?.work.kind === "sync" && held.work.full;
}
