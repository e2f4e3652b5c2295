import { z } from "zod";
import { operation } from "../operation.ts";
import { conflictField, conflictView, findConflict } from "./view.ts";

export const conflictsShow = operation("conflicts.show", {
  title: "Seeing both sides of a conflict",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ conflict: conflictField }),
  told: ({ conflict }) => ({ conflict }),
  run: async ({ conflict }, { world }) => conflictView(world, await findConflict(world, conflict)),
});
