import type { AnyApproval, ApprovalView } from "#operations/contract.ts";
import { actions, button, confirm, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { clock, moment } from "../text/when.ts";
import { askedOf } from "./approvers.ts";
import { changeHead, reviewSummary } from "./connector-review.ts";

/** Null where it is about something else than a connector. */
export const ofConnector = (view: AnyApproval): ApprovalView | null =>
  view.about.kind === "connector" ? { ...view, about: view.about } : null;

/** Whether anything can still be decided about it. */
export const isOpen = ({ approval, expired }: ApprovalView): boolean =>
  approval.state.kind === "waiting" && !expired;

/** What the other admins are asked; the same card says afterwards what came of it. */
export function approvalCard(view: ApprovalView): Message {
  const { approval, about } = view;
  const head = mrkdwn`${stateText(view)}  ${changeHead(about)}`;
  if (!isOpen(view)) return message([section(lines(head, outcome(view)))]);
  const { id, hash, askedBy } = approval;
  const look = {
    confirm: confirm(
      "Approve this manifest?",
      "Exactly this text goes into the catalogue, at once and for everybody.",
      "Approve",
    ),
  };
  return message([
    section(
      lines(
        head,
        mrkdwn`Asked for by ${person(askedBy)}${about.note === "" ? "" : mrkdwn`: ${about.note}`}`,
        about.review === null ? undefined : reviewSummary(about.review),
      ),
    ),
    section(mrkdwn`${askedOf(view)}  Fingerprint ${hash.slice(0, 12)}.`),
    actions(
      button("Approve", "approval.approve", `${id} ${hash}`, { style: "primary", ...look }),
      button("Refuse", "approval.refuse", `${id} ${hash}`),
      button("Read it all", "approval.read", id),
    ),
  ]);
}

function stateText({ approval: { state, askedBy }, expired }: ApprovalView): Markup {
  switch (state.kind) {
    case "draft":
      return mrkdwn`○ *Not asked for yet*`;
    case "waiting":
      return expired ? mrkdwn`○ *Expired*` : mrkdwn`◔ *Needs a second admin*`;
    case "approved":
      return state.done ? mrkdwn`✓ *Approved*` : mrkdwn`✓ *Approved, about to be in use*`;
    case "refused":
      return state.by === askedBy ? mrkdwn`■ *Taken back*` : mrkdwn`■ *Refused*`;
    case "replaced":
      return mrkdwn`■ *Void*`;
    default:
      return state satisfies never;
  }
}

/** Nobody who did something is mentioned for it again: the card is edited, which notifies nobody. */
function outcome({ approval: { state, askedBy }, about }: ApprovalView): Markup {
  const asked = mrkdwn`Asked for by ${person(askedBy)}`;
  switch (state.kind) {
    case "draft":
      return asked;
    case "waiting":
      return mrkdwn`${asked}; nobody decided by ${moment(state.until)}. It has to be asked for again.`;
    case "approved":
      return mrkdwn`${asked}, approved by ${person(state.by)}, ${clock(state.at)}.${about.version === null ? "" : mrkdwn` Version ${about.version} is what it became.`}`;
    case "refused":
      return state.by === askedBy
        ? mrkdwn`By ${person(state.by)}, who had asked for it, ${clock(state.at)}.`
        : mrkdwn`${asked}, refused by ${person(state.by)}, ${clock(state.at)}.`;
    case "replaced":
      return mrkdwn`${asked}; something newer took its place, ${clock(state.at)}.`;
    default:
      return state satisfies never;
  }
}

/** What came of it, to the one who asked. Undefined while nothing has. */
export function approvalAnswer({ approval, about }: ApprovalView): Message | undefined {
  const { state } = approval;
  if (state.kind === "refused")
    return message([
      section(mrkdwn`■ ${person(state.by)} refused what you asked for: ${changeHead(about)}.`),
    ]);
  if (state.kind !== "approved") return undefined;
  return message([
    section(
      mrkdwn`✓ ${person(state.by)} approved what you asked for: ${changeHead(about)}. It is in the catalogue: \`/connector add\` offers it.`,
    ),
  ]);
}
