import type { OutsideIncidentView } from "#operations/contract.ts";
import { actions, button, linkButton, option, overflow, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { clock, when } from "../text/when.ts";
import { stateWord } from "./incident-words.ts";

/** The one card of an automation that fails at a tool for one cause. */
export function outsideCard(view: OutsideIncidentView, now: Temporal.Instant): Message {
  const { incident, owner, fix } = view;
  const { state, total, openedAt } = incident;
  const title = mrkdwn`${stateWord(view)}  ${outsideName(view)} · ${many(total, "failure")}`;
  if (state.kind === "closed") return message([section(lines(title, ending(state)))]);
  return message([
    section(title),
    words(said(view), 250),
    section(
      lines(
        mrkdwn`${many(total, "failure")} since ${when(openedAt, now)}.`,
        mrkdwn`Likely fix: ${fix}`,
        owner === null ? undefined : mrkdwn`Owner: ${person(owner)}`,
      ),
    ),
    buttons(view),
  ]);
}

/** "zaps · Invoice paid, write an e-mail" */
export const outsideName = ({ incident }: OutsideIncidentView): Markup =>
  mrkdwn`*${incident.connection}* · ${incident.subject.failure.automation.name}`;

function said({ incident, toolTitle }: OutsideIncidentView): string {
  const { message, step } = incident.subject.failure;
  return `${toolTitle}: ${maskedSentence(message, [])}${step === null ? "" : `  (${step})`}`;
}

function ending({ by, at }: { by: string; at: Temporal.Instant }): Markup {
  return by === "Tieline"
    ? mrkdwn`None of them is left there. Settled, ${clock(at)}.`
    : mrkdwn`Marked as fixed by ${person(by)}, ${clock(at)}.`;
}

function buttons({ incident, link }: OutsideIncidentView) {
  const { id, state } = incident;
  return actions(
    link === null ? undefined : linkButton(`Open in ${link.title}`, link.url),
    button("Mark as fixed", "incident.close", id, link === null ? { style: "primary" } : {}),
    state.kind === "open"
      ? overflow("incident.more", [option("Snooze for a day", `snooze ${id}`)])
      : undefined,
  );
}
