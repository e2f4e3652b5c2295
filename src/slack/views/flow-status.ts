import { publishedText } from "#operations/flows/what-changed.ts";
import type { FlowStatus } from "#operations/contract.ts";
import { endText } from "#domain/flow.ts";
import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { counted } from "../text/amount.ts";
import { joined, lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { when } from "../text/when.ts";
import { runSummary } from "./run-card.ts";

/** The state of a flow in a word, with a sign before it. */
export function flowWord({ flow, current, incidents, openLetters, last }: FlowStatus): Markup {
  const { state } = flow;
  if (state.kind === "off") return mrkdwn`○ *Off*`;
  if (state.kind === "paused") return state.held ? mrkdwn`◔ *Held*` : mrkdwn`■ *Paused*`;
  if (incidents.some(({ subject }) => subject.kind === "systemic")) return mrkdwn`● *Stopped*`;
  if (current?.state.kind === "waiting") return mrkdwn`◔ *Waiting*`;
  if (current && current.state.kind !== "paused")
    return current.state.kind === "queued" ? mrkdwn`○ *Queued*` : mrkdwn`▶ *Running*`;
  if (openLetters > 0) return mrkdwn`● *Needs a hand*`;
  return last === null ? mrkdwn`○ *Never ran*` : mrkdwn`✓ *In step*`;
}

/** One flow in two lines, as it stands in lists. */
export function flowLine(status: FlowStatus, now: Temporal.Instant): Markup {
  const { flow, titles, openLetters, last, next } = status;
  const facts = [
    mrkdwn`${titles.from} ${flow.twoWay === null ? "to" : "and"} ${titles.to}${flow.twoWay === null ? "" : ", both ways"}`,
    ...(openLetters > 0 ? [mrkdwn`${counted(openLetters, "record")} open`] : []),
    ...(last?.endedAt ? [mrkdwn`last ${when(last.endedAt, now)}`] : []),
    ...(next ? [mrkdwn`next ${when(next, now)}`] : []),
    ...(flow.trigger.kind === "event" ? [mrkdwn`starts on events`] : []),
    ...(flow.trigger.kind === "published" ? [mrkdwn`starts on ${flow.trigger.event}`] : []),
  ];
  return mrkdwn`${flowWord(status)}  *${flow.name}*\n${joined(facts, " · ")}`;
}

/** Everything about one flow. */
export function flowStatus(status: FlowStatus, now: Temporal.Instant): Message {
  const { flow, current, last } = status;
  return message([
    section(
      lines(
        mrkdwn`${flowWord(status)}  *${flow.name}*`,
        flow.about === "" ? undefined : mrkdwn`${flow.about}`,
        mrkdwn`${endText(flow.from)} ${flow.twoWay === null ? "to" : "and"} ${endText(flow.to)}${flow.twoWay === null ? "" : ", both ways"}, ${matching(flow.match)}`,
        reason(status, now),
      ),
    ),
    section(
      lines(
        current ? mrkdwn`Now: ${runSummary(current, now)}` : undefined,
        last ? mrkdwn`Last: ${runSummary(last, now)}` : mrkdwn`It has not run yet.`,
        mrkdwn`${counted(status.openLetters, "record")} open. ${starting(status, now)}`,
      ),
    ),
    buttons(status),
    context(
      mrkdwn`${flow.owner === null ? "No owner" : mrkdwn`Owner: ${person(flow.owner)}`} · deletes: ${flow.deletes}`,
    ),
  ]);
}

const matching = (match: readonly string[]): string =>
  match.length === 0 ? "told apart by their id" : `matched by ${match.join(", ")}`;

/** What makes it run. */
function starting({ flow, next, told }: FlowStatus, now: Temporal.Instant): Markup {
  if (flow.state.kind === "off") return mrkdwn``;
  if (told !== null) return mrkdwn`${told}`;
  if (next) return mrkdwn`Next run at ${when(next, now)}.`;
  return mrkdwn`It runs ${waitsFor(flow)}.`;
}

/** What starts a flow that no time starts. */
export function waitsFor({ trigger, from }: FlowStatus["flow"]): string {
  switch (trigger.kind) {
    case "event":
      return `when ${endText(from)} tells of something new`;
    case "published":
      return publishedText(trigger);
    case "manual":
    case "cron":
      return "when it is asked to";
    default:
      return trigger satisfies never;
  }
}

function reason({ flow: { state } }: FlowStatus, now: Temporal.Instant): Markup | undefined {
  if (state.kind === "on") return undefined;
  if (state.kind === "off")
    return mrkdwn`Made by ${person(state.by)}, ${when(state.at, now)}. It runs once it is turned on from its preview.`;
  const why = state.reason === "" ? mrkdwn`` : mrkdwn`: ${maskedSentence(state.reason, [])}`;
  return mrkdwn`Paused by ${person(state.by)}, ${when(state.at, now)}${why}`;
}

function buttons({ flow, current, openLetters }: FlowStatus) {
  if (flow.state.kind === "off")
    return actions(
      button("Preview", "flow-make.preview", flow.name, { style: "primary" }),
      button("Change it", "flow-make.edit", flow.name),
      button("Remove", "flow.delete", flow.name),
    );
  const toggle =
    flow.state.kind === "paused"
      ? button("Resume", "flow.resume", flow.name, { style: "primary" })
      : button("Pause", "flow.pause", flow.name);
  return actions(
    current
      ? button("Cancel run", "flow.cancel", flow.name)
      : button("Run now", "flow.run", flow.name),
    openLetters > 0 ? button("What is open", "command.run", `/dlq list ${flow.name}`) : undefined,
    toggle,
    button("Change it", "flow-make.edit", flow.name),
  );
}
