import { Mistake } from "#domain/errors.ts";
import { operation } from "../operation.ts";
import { carryOut } from "./carry-out.ts";
import { chosen } from "./chosen.ts";
import { demand } from "../roles.ts";
import { findApproval, findChosen, mustWait } from "./deciding.ts";
import { kindOf } from "./index.ts";
import { inPerson } from "./request.ts";
import { approvalView } from "./view.ts";

export const approvalsApprove = operation("approvals.approve", {
  title: "Approving",
  needs: "operator",
  audited: "always",
  input: chosen,
  told: ({ approval }) => ({ approval }),

  async run(input, { world, actor, by, role, at }) {
    inPerson(actor);
    const request = await findChosen(world, input);
    const kind = kindOf(request);
    await demand(world, "Approving", kind.needs, role);
    mustWait(request, at);
    await kind.mustAgree(request, by, world);
    await kind.check(request, world);

    const decision = { kind: "approved", by, at } as const;
    if (!(await world.approvals.decide(request.id, request.hash, decision))) {
      mustWait(await findApproval(world, request.id), at);
      throw new Mistake("This request cannot be approved.");
    }
    await carryOut(world, request, by);
    return approvalView(world, await findApproval(world, request.id));
  },
});
