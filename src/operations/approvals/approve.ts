import { Mistake } from "#domain/errors.ts";
import { operation } from "../operation.ts";
import { carryOut } from "./carry-out.ts";
import { chosen } from "./chosen.ts";
import { findApproval, findChosen, mustBeSecond, mustWait } from "./deciding.ts";
import { kindOf } from "./index.ts";
import { inPerson } from "./request.ts";
import { approvalView } from "./view.ts";

export const approvalsApprove = operation("approvals.approve", {
  title: "Approving",
  needs: "admin",
  audited: "always",
  input: chosen,
  told: ({ approval }) => ({ approval }),

  async run(input, { world, actor, by, at }) {
    inPerson(actor);
    const request = await findChosen(world, input);
    mustWait(request, at);
    await mustBeSecond(world, request, by);
    await kindOf(request).check(request, world);

    const decision = { kind: "approved", by, at } as const;
    if (!(await world.approvals.decide(request.id, request.hash, decision))) {
      mustWait(await findApproval(world, request.id), at);
      throw new Mistake("This request cannot be approved.");
    }
    await carryOut(world, request, by);
    return approvalView(world, await findApproval(world, request.id));
  },
});
