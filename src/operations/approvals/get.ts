import { z } from "zod";
import { line } from "../input.ts";
import { operation } from "../operation.ts";
import { findApproval } from "./deciding.ts";
import { approvalView } from "./view.ts";

export const approvalsGet = operation("approvals.get", {
  title: "Looking at a request",
  needs: "admin",
  audited: "never",
  input: z.strictObject({ approval: line("the id of a request") }),
  told: (input) => input,
  run: async ({ approval }, { world }) => approvalView(world, await findApproval(world, approval)),
});
