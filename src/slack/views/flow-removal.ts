import type { FlowRemoval } from "#operations/contract.ts";
import { actions, button, confirm, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { counted, many } from "../text/amount.ts";
import { lines, mrkdwn } from "../text/markup.ts";

/** What removing a flow would undo, before it is done. */
export function askRemoval({ flow, current, openLetters, links, unused }: FlowRemoval): Message {
  const { name } = flow;
  if (current?.state.kind === "running")
    return message([
      section(mrkdwn`*${name}* is running. Cancel the run first; what was written stays written.`),
      actions(button("Cancel run", "flow.cancel", name)),
    ]);
  return message([
    section(
      lines(
        mrkdwn`Remove *${name}*?`,
        current === null ? undefined : mrkdwn`Its run that is ${current.state.kind} is cancelled.`,
        openLetters === 0
          ? undefined
          : mrkdwn`${counted(openLetters, "open dead letter")} ${openLetters === 1 ? "is" : "are"} discarded.`,
        links === 0
          ? undefined
          : mrkdwn`It forgets which ${many(links, "record")} it has linked. The records stay in both tools; a new flow between them matches them anew.`,
        unused.length === 0
          ? undefined
          : mrkdwn`No other flow uses ${unused.join(" and ")}: that can be removed then.`,
        mrkdwn`Its versions are kept. A workspace file that names it makes it again when it is applied.`,
      ),
    ),
    actions(
      button("Remove", "flow.remove", name, {
        style: "danger",
        confirm: confirm(`Remove ${name}?`, "This cannot be undone.", "Remove", "danger"),
      }),
    ),
  ]);
}

export function removed({ flow, openLetters, unused }: FlowRemoval): Message {
  const letters =
    openLetters === 0 ? "" : ` ${counted(openLetters, "open dead letter")} discarded.`;
  return message([
    section(mrkdwn`*${flow.name}* is removed.${letters} What it wrote stays written.`),
    ...(unused.length === 0
      ? []
      : [actions(button("Connections", "command.run", "/connector list"))]),
  ]);
}
