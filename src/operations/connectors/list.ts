import { z } from "zod";
import { operation } from "../operation.ts";

export const connectorsList = operation("connectors.list", {
  title: "Connecting a tool",
  // The first step of it: whoever may not take the last is told at once.
  needs: "admin",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: (_input, { world }) => Promise.resolve(world.tools.catalogue()),
});
