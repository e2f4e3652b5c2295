import { z } from "zod";
import { operation } from "../operation.ts";
import { connectionViews } from "./view.ts";

export const connectionsList = operation("connections.list", {
  title: "Looking at the connections",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: (_input, { world }) => connectionViews(world),
});
