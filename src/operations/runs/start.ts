import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { pausedText } from "../flows/paused.ts";
import { flowField, line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { queueRun } from "./queue-run.ts";

export const runsStart = operation("runs.start", {
  title: "Starting a run",
  needs: "operator",
  audited: "people",
  input: z.strictObject({
    flow: flowField,
    full: optional(z.boolean().describe("true or false")),
    channel: optional(line("a Slack channel")),
  }),
  told: ({ flow, full = false }) => ({ flow, full }),

  async run({ flow: name, full = false, channel = null }, { world, actor, by, at }) {
    const flow = await findFlow(world, name);
    if (flow.state.kind === "off") throw new Mistake(pausedText(flow));
    if (flow.state.kind === "paused") throw new Mistake(`${pausedText(flow)} Resume it first.`);
    const trigger =
      actor.kind === "system" ? { kind: "schedule" as const } : { kind: "person" as const, by };
    const work = { kind: "sync", full, approved: null } as const;
    return queueRun(world, { flow: flow.name, trigger, work, channel }, at);
  },
});
