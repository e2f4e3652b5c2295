import type { IncidentView } from "#operations/contract.ts";
import { few } from "#operations/letters/contract.ts";
import type { KnownBlock } from "@slack/types";
import { button, section } from "../blocks.ts";
import { many } from "../text/amount.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { stateWord } from "./incident-words.ts";
import { outsideName } from "./outside-card.ts";

/** An incident in a list: what it is about, since when, its likely fix, and the one next step. */
export const incidentLine = (
  view: IncidentView,
  since: Markup,
  step: "inspect" | "retry",
): KnownBlock =>
  section(
    lines(
      mrkdwn`${stateWord(view)}  ${about(view)} · since ${since}`,
      mrkdwn`Likely fix: ${view.fix}`,
    ),
    nextStep(view, step),
  );

function about(view: IncidentView): Markup {
  const { incident } = view;
  if (view.flow === null) return mrkdwn`${outsideName(view)} · ${many(incident.open, "failure")}`;
  const records =
    incident.subject.kind === "cause" ? mrkdwn` · ${many(incident.open, "record")}` : mrkdwn``;
  return mrkdwn`*${view.flow.name}*${records}`;
}

function nextStep(view: IncidentView, step: "inspect" | "retry") {
  const { id } = view.incident;
  if (view.flow === null) return button("Mark as fixed", "incident.close", id);
  if (view.firstLetter === null) return button("Status", "flow.status", view.flow.name);
  if (step === "inspect") return button("Inspect", "incident.inspect", id);
  return view.incident.open > few
    ? button("Retry all", "retry.plan", `incident ${id}`)
    : button("Retry all", "incident.retry", id);
}
