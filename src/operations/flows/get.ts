import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { statusOf } from "./status.ts";

export const flowsGet = operation("flows.get", {
  title: "Looking at a flow",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),
  run: async ({ flow }, { world }) => statusOf(world, await findFlow(world, flow)),
});
