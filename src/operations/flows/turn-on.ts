import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { watchSoon } from "../connections/watches.ts";
import { isStarted } from "../events/starting.ts";
import { findFlow } from "../find.ts";
import { line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";
import { whenText } from "../when.ts";
import { previewOf } from "./previewed.ts";
import { statusOf } from "./status.ts";

export const flowsTurnOn = operation("flows.turn-on", {
  title: "Turning a flow on",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    preview: line("the id of a preview"),
    accept: optional(z.boolean().describe("true or false")),
  }),
  told: (input) => input,

  async run({ preview: id, accept = false }, { world }) {
    const { flow: name, version, at, errors, warnings } = previewOf(world, id);
    const flow = await findFlow(world, name);
    if (flow.state.kind !== "off") throw new Mistake(`${name} was turned on already.`);
    if (flow.version !== version)
      throw new Mistake(
        `${name} was changed since this preview of ${whenText(at)}: it showed version ${version}, and now it is version ${flow.version}. Please look at a new one.`,
      );
    if (errors.length > 0) throw new Mistake(errors.join(" "));
    if (warnings.length > 0 && !accept)
      throw new Mistake(`Please accept first: ${warnings.join(" ")}`);
    if (!(await world.registry.startFlow(flow.name, version)))
      throw new Mistake(`Somebody changed ${name} at the same time; please look at a new preview.`);
    await reschedule(world);
    await watchSoon(world);
    if (isStarted(flow)) await world.queue.add({ kind: "event", flow: flow.name });
    return statusOf(world, await findFlow(world, name));
  },
});
