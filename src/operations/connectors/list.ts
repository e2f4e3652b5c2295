import { z } from "zod";
import { operation } from "../operation.ts";

export const connectorsList = operation("connectors.list", {
  title: "Looking at the connectors",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: (_input, { world }) => Promise.resolve(world.tools.catalogue()),
});
