import { Mistake } from "#domain/errors.ts";
import { operation } from "../operation.ts";
import { tell } from "../tell.ts";
import { chosen } from "./chosen.ts";
import { findApproval, findChosen, mustWait } from "./deciding.ts";
import { demand } from "../roles.ts";
import { kindOf } from "./index.ts";
import { inPerson } from "./request.ts";
import { approvalView } from "./view.ts";

export const approvalsRefuse = operation("approvals.refuse", {
  title: "Refusing",
  needs: "operator",
  audited: "always",
  input: chosen,
  told: ({ approval }) => ({ approval }),

  async run(input, { world, actor, by, role, at }) {
    inPerson(actor);
    const request = await findChosen(world, input);
    const kind = kindOf(request);
    await demand(world, "Refusing", kind.needs, role);
    mustWait(request, at);
    const decision = { kind: "refused", by, at } as const;
    if (!(await world.approvals.decide(request.id, request.hash, decision))) {
      mustWait(await findApproval(world, request.id), at);
      throw new Mistake("This request cannot be refused.");
    }
    await kind.refused?.(request, by, world);
    await tell(world, [
      kind.card(request),
      ...(by === request.askedBy ? [] : [{ kind: "approval_answer", id: request.id } as const]),
    ]);
    return approvalView(world, await findApproval(world, request.id));
  },
});
