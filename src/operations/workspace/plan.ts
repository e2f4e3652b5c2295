import { operation } from "../operation.ts";
import { planOf } from "./changes.ts";
import { fileInput } from "./file-input.ts";
import { readWorkspace } from "./read.ts";

export const workspacePlan = operation("workspace.plan", {
  title: "Planning a workspace file",
  needs: "admin",
  audited: "never",
  input: fileInput,
  told: ({ file }) => ({ file }),
  run: async (file, { world }) => planOf(world, await readWorkspace(world, file)),
});
