import { z } from "zod";
import { operation } from "../operation.ts";
import { statuses } from "./status.ts";

export const flowsList = operation("flows.list", {
  title: "Looking at the flows",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: async (_input, { world }) => statuses(world, await world.registry.flows()),
});
