import { z } from "zod";
import { findFlow } from "../find.ts";
import { statuses } from "../flows/status.ts";
import { flowField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround } from "../surroundings.ts";
import { factsOf } from "./facts.ts";
import { markdownOf } from "./markdown.ts";
import { runbookOf } from "./runbook.ts";

const days = 30;

export const flowsDocs = operation("flows.docs", {
  title: "Looking at a runbook",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: optional(flowField) }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, { world, at }) {
    const flows = name === undefined ? await world.registry.flows() : [await findFlow(world, name)];
    const [all, around, figures, { channel: usualChannel }] = await Promise.all([
      statuses(world, flows),
      lookAround(world),
      world.figures.byFlow(at.subtract({ hours: 24 * days }), at),
      world.settings.get(),
    ]);
    const runbooks = all.map((status) => {
      const month = figures.find(({ flow }) => flow === status.flow.name) ?? null;
      return runbookOf(factsOf(status, around, { figures: month, now: at, usualChannel }));
    });
    return { runbooks, markdown: runbooks.map(markdownOf).join("\n\n") };
  },
});
