import { Mistake } from "#domain/errors.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { toAsker, type Reply } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { ofConnector } from "../views/approval-card.ts";
import { approvalText } from "../views/approval-text.ts";
import { changeHead } from "../views/connector-review.ts";
import { actsText } from "../views/held-card.ts";
import type { Action } from "./action.ts";
import type { Noun } from "./nouns.ts";

type Decide = (chosen: { approval: string; hash: string }, at: At) => Promise<Reply>;

/**
 * A button carries which request, the hash of what was seen, and whose card it is on where that is an
 * incident's: `<id> <hash> [<incident>]`.
 */
const decision = (id: string, decide: Decide): Action => ({
  id,
  on: ({ value }) => {
    const [approval = "", hash = "", incident] = value.split(" ");
    const card =
      incident === undefined
        ? ({ kind: "approval", id: approval } as const)
        : ({ kind: "incident", id: incident } as const);
    return {
      kind: "does",
      run: (at) =>
        decide({ approval, hash }, at).catch(async (error: unknown) => {
          // Whatever the card still says: it is put right.
          await at.tell(card);
          throw error;
        }),
    };
  },
});

const approve = decision("approval.approve", async (chosen, at) => {
  const { about } = await at.do("approvals.approve", chosen);
  return toAsker([
    section(
      about.kind === "held"
        ? mrkdwn`✓ Approved: ${actsText(about)}. *${about.flow}* is on and does exactly this.`
        : mrkdwn`✓ Approved: ${changeHead(about)}. It is in the catalogue.`,
    ),
  ]);
});

const refuse = decision("approval.refuse", async (chosen, at) => {
  const { about } = await at.do("approvals.refuse", chosen);
  return toAsker([
    section(
      about.kind === "held"
        ? mrkdwn`■ Stopped: ${actsText(about)}. Nothing of it was written; *${about.flow}* is paused until somebody resumes it.`
        : mrkdwn`■ Refused: ${changeHead(about)}. Nothing has changed.`,
    ),
  ]);
});

const read: Action = {
  id: "approval.read",
  on: ({ value }) => ({
    kind: "opens",
    title: "Read it all",
    fill: async (at) => {
      const view = ofConnector(await at.do("approvals.get", { approval: value }));
      if (view === null) throw new Mistake("There is nothing more to read about this.");
      return approvalText(view);
    },
  }),
};

export default { actions: [approve, refuse, read], forms: [] } satisfies Noun;
