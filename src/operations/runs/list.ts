import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField, limitField, optional } from "../input.ts";
import { operation } from "../operation.ts";

export const runsList = operation("runs.list", {
  title: "Looking at the runs",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: optional(flowField), limit: optional(limitField) }),
  told: ({ flow }) => ({ flow }),

  async run({ flow, limit = 20 }, { world }) {
    if (flow === undefined) return world.runs.list({ limit });
    return world.runs.list({ flow: (await findFlow(world, flow)).name, limit });
  },
});
