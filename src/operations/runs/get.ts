import { z } from "zod";
import { findRun } from "../find.ts";
import { runField } from "../input.ts";
import { operation } from "../operation.ts";

export const runsGet = operation("runs.get", {
  title: "Looking at a run",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ run: runField }),
  told: ({ run }) => ({ run }),
  run: ({ run }, { world }) => findRun(world, run),
});
