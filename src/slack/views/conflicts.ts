import type { ConflictLine, Operations } from "#operations/contract.ts";
import { button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { labelOf } from "../text/label.ts";
import { lines, mrkdwn, person } from "../text/markup.ts";
import { masked } from "../text/mask.ts";
import { when } from "../text/when.ts";

type ConflictList = Operations["conflicts.list"]["out"];

/** What waits for a decision: one line a pair of records. Personal data is masked. */
export function conflictList(
  { conflicts, more, oneWay }: ConflictList,
  flow: string | null,
  now: Temporal.Instant,
): Message {
  const where = flow === null ? "" : ` in ${flow}`;
  if (conflicts.length === 0)
    return message([
      section(
        oneWay === null
          ? mrkdwn`✓ Nothing waits for a decision${where}.`
          : mrkdwn`✓ Nothing waits for a decision${where}: it goes one way, so ${oneWay.from} counts.`,
      ),
    ]);
  return message([
    section(mrkdwn`*Waiting for a decision${where}*\nBoth sides were changed, or were different from the start.`), // prettier-ignore
    ...conflicts.map((line) => conflictLine(line, now)),
    ...(more ? [context(mrkdwn`There are more. Decide leads from one to the next.`)] : []),
  ]);
}

function conflictLine({ conflict, title }: ConflictLine, now: Temporal.Instant) {
  const { id, flow, fields, openedAt, state } = conflict;
  const names = Object.keys(fields).map(labelOf).join(", ");
  const doing =
    state.kind === "chosen" ? mrkdwn` · decided by ${person(state.by)}, being written` : mrkdwn``;
  return section(
    lines(
      mrkdwn`${masked(title)} · ${flow} · since ${when(openedAt, now)}${doing}`,
      mrkdwn`${names}`,
    ),
    button("Decide", "conflict.decide", id),
  );
}
