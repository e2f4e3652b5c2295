import type { FlowStatus } from "#operations/contract.ts";
import { actions, button, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";
import { flowLine } from "./flow-status.ts";

/** Slack takes 50 blocks in a message; beyond this nobody reads a list either. */
const shown = 40;

/** Every flow, those that need a person first. */
export function flowList(flows: readonly FlowStatus[], now: Temporal.Instant): Message {
  if (flows.length === 0)
    return message([
      section(
        mrkdwn`There are no flows yet. First connect two tools, then make a flow between them.`,
      ),
      actions(
        button("New flow", "flow-make.new", "new", { style: "primary" }),
        button("Connections", "command.run", "/connector list"),
      ),
    ]);
  const inOrder = flows.toSorted((a, b) => urgency(b) - urgency(a));
  const rest = flows.length - shown;
  return message([
    section(mrkdwn`*${many(flows.length, "flow")}*`),
    ...inOrder
      .slice(0, shown)
      .map((status) =>
        section(flowLine(status, now), button("Status", "flow.status", status.flow.name)),
      ),
    ...(rest > 0
      ? [section(mrkdwn`And ${rest} more: \`/sync status FLOW\` shows any of them.`)]
      : []),
    actions(button("New flow", "flow-make.new", "new")),
  ]);
}

const urgency = ({ incidents, openLetters, current }: FlowStatus): number =>
  incidents.length * 1e6 + openLetters * 10 + (current ? 1 : 0);
