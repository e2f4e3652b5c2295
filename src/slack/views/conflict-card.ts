import type { FlowConflicts } from "#operations/contract.ts";
import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { count } from "../text/amount.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { when } from "../text/when.ts";

/** The one card of a flow for what waits between its two sides. */
export function conflictCard(about: FlowConflicts, now: Temporal.Instant): Message {
  const { flow, titles, total, first, fields } = about;
  if (first === null) return message([section(nothingWaits(about))]);
  const what = fields.slice(0, 4).map((one) => `${one.label} ${count(one.count)}`);
  return message([
    section(
      lines(
        mrkdwn`◔ *Waits for a decision*  *${flow.name}*  ·  ${pairs(total)}`,
        mrkdwn`Different in ${titles.from} and in ${titles.to}, and both may be right: ${what.join(", ")}. The longest since ${when(first.conflict.openedAt, now)}.`,
        mrkdwn`Choose which side counts, field by field. Everything else of these records has moved already.`,
      ),
    ),
    actions(
      button("Decide", "conflict.decide", first.conflict.id, { style: "primary" }),
      button("Show all", "command.run", `/sync conflicts ${flow.name}`),
    ),
    context(flow.owner === null ? mrkdwn`No owner` : mrkdwn`Owner: ${person(flow.owner)}`),
  ]);
}

function nothingWaits({ flow, titles, ended }: FlowConflicts): Markup {
  switch (ended) {
    case null:
      return lines(
        mrkdwn`✓ *Decided*  *${flow.name}*`,
        mrkdwn`Nothing waits between ${titles.from} and ${titles.to} any more.`,
      );
    case "one_way":
      return lines(
        mrkdwn`✓ *Over*  *${flow.name}*`,
        mrkdwn`It goes one way now, so ${titles.from} counts and nobody has to decide. The next run writes to ${titles.to} what differed.`,
      );
    case "removed":
      return lines(
        mrkdwn`✓ *Over*  *${flow.name}*`,
        mrkdwn`The flow was removed, so nobody has to decide. ${titles.from} and ${titles.to} stay as they are.`,
      );
    default:
      return ended satisfies never;
  }
}

export const pairs = (total: number): string =>
  total === 1 ? "1 pair of records" : `${count(total)} pairs of records`;
