import type { ApprovalView } from "#operations/contract.ts";
import { joined, mrkdwn, subjectText, type Markup } from "../text/markup.ts";

/** How many are mentioned; the others see the card as well. */
const mentioned = 5;

/** Those of whom so many are named. */
export function approversText(approvers: readonly string[]): Markup {
  const [first, ...more] = approvers.slice(0, mentioned).map(subjectText);
  return first === undefined ? mrkdwn`` : joined([first, ...more], " or ");
}

/** Who else may approve it; for the only admin there is, the way to another. */
export function askedOf({ approvers }: ApprovalView): Markup {
  if (approvers.length === 0)
    return mrkdwn`Nobody else is an admin here, and nobody approves their own wish. Make somebody one with \`/tieline roles @somebody admin\`, or by TIELINE_ADMINS.`;
  return mrkdwn`${approversText(approvers)} can approve it, within 24 hours.`;
}
