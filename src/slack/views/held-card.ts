import type { HeldApproval } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { labelOf } from "../text/label.ts";
import { joined, lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { masked } from "../text/mask.ts";
import { clock, moment, when } from "../text/when.ts";
import { approversText } from "./approvers.ts";

type Sample = HeldApproval["about"]["samples"][number];

/** What a held run would do, and who may let it; afterwards what came of it. */
export function heldCard(view: HeldApproval, now: Temporal.Instant): Message {
  const { approval, about, expired } = view;
  const title = mrkdwn`${stateText(view)}  *${about.flow}* · ${actsText(about)}`;
  if (approval.state.kind !== "waiting" || expired)
    return message([
      section(lines(title, outcome(view))),
      ...(expired ? [actions(button("Look again", "flow.resume", about.flow))] : []),
    ]);
  return message([
    section(lines(title, extent(about), startedText(view, now))),
    ...about.samples.slice(0, 3).map((sample) => words(sampleText(sample), 300)),
    section(askedText(view)),
    buttons(view),
  ]);
}

/** "118 changes and 2 deletes": what it is about, wherever it is named. */
export function actsText({ changes, deletes }: HeldApproval["about"]): Markup {
  const parts = [
    ...(changes > 0 ? [mrkdwn`${many(changes, "change")}`] : []),
    ...(deletes > 0 ? [mrkdwn`${many(deletes, "delete")}`] : []),
  ];
  return joined(parts, " and ");
}

function stateText({ approval: { state }, expired }: HeldApproval): Markup {
  switch (state.kind) {
    case "draft":
    case "waiting":
      return expired ? mrkdwn`○ *Held, and nobody decided*` : mrkdwn`◔ *Held*`;
    case "approved":
      return mrkdwn`✓ *Approved*`;
    case "refused":
      return mrkdwn`■ *Stopped*`;
    case "replaced":
      return mrkdwn`■ *Not asked any more*`;
    default:
      return state satisfies never;
  }
}

const extent = ({ changes, deletes, linked, allowed }: HeldApproval["about"]): Markup =>
  mrkdwn`The run would change ${changes} and archive ${deletes} of ${many(linked, "linked record")}; without asking it may change ${allowed.changes} and archive ${allowed.deletes}. None of that is written.`;

function startedText({ approval, about }: HeldApproval, now: Temporal.Instant): Markup {
  const by = about.startedBy === null ? mrkdwn`by itself` : mrkdwn`by ${person(about.startedBy)}`;
  return mrkdwn`Started ${by}, held at ${when(approval.at, now)}. The flow is paused meanwhile.`;
}

function askedText(view: HeldApproval): Markup {
  const { about, approvers } = view;
  const until = view.approval.state.kind === "waiting" ? mrkdwn`, until ${moment(view.approval.state.until)}` : mrkdwn``; // prettier-ignore
  if (approvers.length === 0)
    return mrkdwn`Nobody is an operator here yet. Make somebody one with \`/tieline roles @somebody operator\`.`;
  const alone = approvers.length === 1 && approvers[0] === about.startedBy;
  const who = mrkdwn`${approversText(approvers)} can approve it${until}.`;
  return alone ? mrkdwn`${who} Nobody else here could, so it is theirs to decide.` : who;
}

function sampleText({ key, action, fields }: Sample): string {
  if (action === "delete") return `Archive ${key}`;
  const parts = fields.map(
    ({ name, from, to }) => `${labelOf(name)} ${value(from)} → ${value(to)}`,
  );
  return `Change ${key}: ${parts.join(", ")}`;
}

const value = (text: string): string => (text === "" ? "(empty)" : masked(text));

function buttons({ approval: { id, hash }, about }: HeldApproval): KnownBlock {
  const chosen = `${id} ${hash} ${about.incident}`;
  return actions(
    button("Approve", "approval.approve", chosen, {
      style: "primary",
      confirm: confirm(
        "Approve exactly this?",
        `${about.flow} runs once more and does what is shown here. If there is anything else to do by then, it is held again.`,
        "Approve",
      ),
    }),
    button("Stop", "approval.refuse", chosen),
    button("Preview", "flow.preview", about.flow),
  );
}

/** Nobody who did something is mentioned for it again: the card is edited, which notifies nobody. */
function outcome({ approval: { state } }: HeldApproval): Markup {
  switch (state.kind) {
    case "draft":
    case "waiting":
      return mrkdwn`Nothing of it was written, and the flow is paused. Looking again starts it anew.`;
    case "approved":
      return mrkdwn`By ${person(state.by)}, ${clock(state.at)}. The flow is on and does exactly this.`;
    case "refused":
      return mrkdwn`By ${person(state.by)}, ${clock(state.at)}. Nothing of it was written; the flow is paused until somebody resumes it.`;
    case "replaced":
      return mrkdwn`Nothing of it was written. The flow was resumed or paused by hand, ${clock(state.at)}.`;
    default:
      return state satisfies never;
  }
}
