import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { toAsker, type Reply } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { approvalText } from "../views/approval-text.ts";
import { changeHead } from "../views/connector-review.ts";
import type { Action } from "./action.ts";
import type { Noun } from "./nouns.ts";

type Decide = (chosen: { approval: string; hash: string }, at: At) => Promise<Reply>;

/** A button carries which request, and the hash of what was seen: `<id> <hash>`. */
const decision = (id: string, decide: Decide): Action => ({
  id,
  on: ({ value }) => {
    const [approval = "", hash = ""] = value.split(" ");
    return {
      kind: "does",
      run: (at) =>
        decide({ approval, hash }, at).catch(async (error: unknown) => {
          // Whatever the card still says: it is put right.
          await at.tell({ kind: "approval", id: approval });
          throw error;
        }),
    };
  },
});

const approve = decision("approval.approve", async (chosen, at) => {
  const { about } = await at.do("approvals.approve", chosen);
  return toAsker([section(mrkdwn`✓ Approved: ${changeHead(about)}. It is in the catalogue.`)]);
});

const refuse = decision("approval.refuse", async (chosen, at) => {
  const { about } = await at.do("approvals.refuse", chosen);
  return toAsker([section(mrkdwn`■ Refused: ${changeHead(about)}. Nothing has changed.`)]);
});

const read: Action = {
  id: "approval.read",
  on: ({ value }) => ({
    kind: "opens",
    title: "Read it all",
    fill: async (at) => approvalText(await at.do("approvals.get", { approval: value })),
  }),
};

export default { actions: [approve, refuse, read], forms: [] } satisfies Noun;
