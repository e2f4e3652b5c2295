import type { FlowIncident } from "#domain/incident.ts";
import { isOver } from "#domain/run.ts";
import type { FlowIncidentView } from "#operations/contract.ts";
import { few } from "#operations/letters/contract.ts";
import type { Button, KnownBlock, Overflow } from "@slack/types";
import {
  actions,
  button,
  confirm,
  linkButton,
  option,
  overflow,
  section,
  words,
} from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { count, many } from "../text/amount.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { heldCard } from "./held-card.ts";
import { ending, extent, retried, said, stateWord } from "./incident-words.ts";
import { retryButtons } from "./retry-buttons.ts";

/**
 * The one card of an incident, as things stand now. Its height hardly changes from state to state, and
 * it shows no personal data in full: everybody in the channel sees it.
 */
export function incidentCard(view: FlowIncidentView, now: Temporal.Instant): Message {
  const { incident, flow, held } = view;
  if (held !== null) return heldCard(held, now);
  const title = mrkdwn`${stateWord(view)}  *${flow.name}*${size(incident)}`;
  if (incident.state.kind === "closed")
    return message([section(lines(title, ending(view, incident.state)))]);
  return message([
    section(title),
    words(said(view), 250),
    section(lines(extent(view, now), retried(view), mrkdwn`Likely fix: ${view.fix}`, owner(view))),
    buttons(view),
  ]);
}

const size = ({ subject, total }: FlowIncident): Markup =>
  subject.kind === "cause" ? mrkdwn` · ${many(total, "record")}` : mrkdwn``;

const owner = ({ flow }: FlowIncidentView): Markup | undefined =>
  flow.owner === null ? undefined : mrkdwn`Owner: ${person(flow.owner)}`;

function buttons(view: FlowIncidentView): KnownBlock {
  const { incident, flow } = view;
  if (incident.subject.kind === "systemic") return actions(...systemicButtons(view), more(view));
  // Of a retry that is paused the first thing is to let it go on.
  const first = view.retry?.state.kind === "paused" ? {} : ({ style: "primary" } as const);
  const inspect =
    view.firstLetter === null
      ? undefined
      : button("Inspect", "incident.inspect", incident.id, first);
  return actions(
    inspect,
    retryButton(view),
    ...(view.retry === null ? [] : retryButtons(view.retry)),
    flow.state.kind === "paused" ? resume(view) : undefined,
    more(view),
  );
}

function retryButton({ incident, toolTitle, retry }: FlowIncidentView): Button | undefined {
  const { id, open, subject } = incident;
  if (open === 0 || (retry !== null && !isOver(retry.state))) return undefined;
  // Whether it was written only a person can see, record by record.
  if (subject.kind === "cause" && subject.problem.class === "ambiguous_write") return undefined;
  if (open === 1) return button("Retry", "incident.retry", id);
  if (open > few) return button(`Retry all ${count(open)}`, "retry.plan", `incident ${id}`);
  return button(`Retry all ${open}`, "incident.retry", id, {
    confirm: confirm(
      `Retry all ${open} records?`,
      `Each is sent to ${toolTitle} again, as it is now with the corrections made to it. Those that are refused again stay here.`,
      `Retry all ${open}`,
    ),
  });
}

function systemicButtons(view: FlowIncidentView): Button[] {
  const { incident, flow } = view;
  const { state } = flow;
  const error = incident.subject.kind === "systemic" ? incident.subject.error : "";
  const connections =
    error === "SignInAgain" || error === "NotPermitted"
      ? [button("Connections", "command.run", "/connector list", { style: "primary" })]
      : [];
  const again = state.kind === "paused" ? resume(view) : button("Try now", "flow.run", flow.name);
  return [...connections, again];
}

const resume = ({ flow }: FlowIncidentView): Button => button("Resume", "flow.resume", flow.name);

function more({ incident, flow, link, firstLetter }: FlowIncidentView): Overflow | Button {
  const { id, state, subject } = incident;
  const options = [
    flow.state.kind === "on" ? option("Pause flow", `pause ${id}`) : undefined,
    state.kind === "open" ? option("Snooze for a day", `snooze ${id}`) : undefined,
    subject.kind === "cause" && firstLetter !== null
      ? option("Discard", `discard ${id}`)
      : undefined,
    link === null ? undefined : { ...option(`Open in ${link.title}`, `open ${id}`), url: link.url },
  ].filter((one) => one !== undefined);
  if (options.length > 0) return overflow("incident.more", options);
  return link === null
    ? button("Status", "flow.status", flow.name)
    : linkButton(`Open in ${link.title}`, link.url);
}
