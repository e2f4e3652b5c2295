import { Mistake, NotAllowed } from "#domain/errors.ts";
import { operation } from "../operation.ts";
import { chosen } from "./chosen.ts";
import { findChosen } from "./deciding.ts";
import { kindOf } from "./index.ts";
import { askFor, inPerson } from "./request.ts";
import { connectorView } from "./view.ts";

export const approvalsAsk = operation("approvals.ask", {
  title: "Asking for an approval",
  needs: "admin",
  audited: "always",
  input: chosen,
  told: ({ approval }) => ({ approval }),

  async run(input, { world, actor, by, at }) {
    inPerson(actor);
    const draft = await findChosen(world, input);
    if (draft.askedBy !== by)
      throw new NotAllowed("Somebody else made this ready; it is theirs to ask for.");
    await kindOf(draft).check(draft, world);
    if (!(await askFor(world, draft, at))) throw new Mistake("This was asked for already.");
    return connectorView(world, (await world.approvals.get(draft.id)) ?? draft);
  },
});
