import type { FlowIncident } from "#domain/incident.ts";
import { isOver, written as writtenIn, type Run } from "#domain/run.ts";
import type { FlowIncidentView, IncidentView } from "#operations/contract.ts";
import { many } from "../text/amount.ts";
import { joined, mrkdwn, person, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { aboutProblem } from "../text/label.ts";
import { clock, when } from "../text/when.ts";

/** A state is a word; the sign before it only helps to find it. */
export function stateWord(view: IncidentView): Markup {
  const { state, subject, open, written, discarded } = view.incident;
  if (state.kind === "snoozed") return mrkdwn`○ *Snoozed until ${clock(state.until)}*`;
  if (state.kind === "closed") {
    const fixed = subject.kind !== "cause" || (written > 0 && written >= discarded);
    return fixed ? mrkdwn`✓ *Fixed*` : mrkdwn`■ *Closed*`;
  }
  if (view.flow === null) return mrkdwn`● *Needs a hand*`;
  const retrying = retryWord(view);
  if (retrying !== null) return retrying;
  if (subject.kind === "systemic") return mrkdwn`● *Stopped*`;
  return written > 0 && open > 0 ? mrkdwn`◐ *Partly fixed*` : mrkdwn`● *Needs a hand*`;
}

function retryWord({ retry, samples }: FlowIncidentView): Markup | null {
  if (retry?.state.kind === "paused") return mrkdwn`◔ *Paused*`;
  const underWay = retry !== null && !isOver(retry.state);
  return underWay || samples.some(({ letter }) => letter.state.kind === "retrying")
    ? mrkdwn`↻ *Retrying*`
    : null;
}

/** What the tool said, without what it said about a person. */
export function said({ incident, samples, toolTitle }: FlowIncidentView): string {
  const { subject } = incident;
  if (subject.kind === "systemic") return maskedSentence(subject.message, []);
  const { problem, direction } = subject;
  // Of a record whose values we have: the one that opened the incident may be settled, and its name is
  // no longer known as one.
  const sentence = samples[0]?.letter.problem.message ?? problem.message;
  const values = samples.flatMap(({ letter: { fields, edited } }) => [
    ...Object.values(fields),
    ...Object.values(edited ?? {}),
  ]);
  const known = values.filter((value) => typeof value === "string");
  const about = aboutProblem(problem, direction);
  const who = direction === "read" ? `In ${toolTitle}` : toolTitle;
  return `${who}: ${maskedSentence(sentence, known)}${about === "" ? "" : `  (${about})`}`;
}

/** How many, since when, and when it runs next. */
export function extent({ incident, last, next }: FlowIncidentView, now: Temporal.Instant): Markup {
  const { open, total, openedAt } = incident;
  const following = next === null ? mrkdwn`` : mrkdwn` Next run at ${when(next, now)}.`;
  const since = mrkdwn`since ${when(openedAt, now)}`;
  if (incident.subject.kind === "systemic") return mrkdwn`Stopped ${since}.${following}`;
  const settled = settledParts(incident);
  if (settled.length > 0)
    return mrkdwn`${open} of ${many(total, "record")} still open ${since}; ${joined(settled, ", ")}.${following}`;
  return mrkdwn`${ofAll(total, last)} ${since}${others(total, last)}.${following}`;
}

/** How far a retry of very many has come, or why it stopped by itself. */
export function retried({ retry }: FlowIncidentView): Markup | undefined {
  if (retry === null) return undefined;
  const { state, counts, total } = retry;
  if (state.kind === "failed") return mrkdwn`${maskedSentence(state.reason, [])}.`;
  const done = mrkdwn`${counts.read} of ${many(Math.max(total ?? 0, counts.read), "record")} tried`;
  return state.kind === "paused"
    ? mrkdwn`Paused by ${person(state.by)}: ${done}, ${writtenIn(counts)} written.`
    : mrkdwn`Under way: ${done}, ${writtenIn(counts)} written.`;
}

const settledParts = ({ written, discarded }: FlowIncident): Markup[] => [
  ...(written > 0 ? [mrkdwn`${written} written`] : []),
  ...(discarded > 0 ? [mrkdwn`${discarded} discarded`] : []),
];

/** How many the last run read, if these are among them: a later one may have read a few others only. */
const readBy = (total: number, last: Run | null): number =>
  last?.work.kind === "sync" && last.counts.deadLettered + last.counts.held >= total
    ? last.counts.read
    : 0;

const ofAll = (total: number, last: Run | null): Markup =>
  readBy(total, last) > total
    ? mrkdwn`${total} of ${many(readBy(total, last), "record")}`
    : mrkdwn`${many(total, "record")}`;

/** What became of all the rest of the run, so that nobody need wonder. */
function others(total: number, last: Run | null): Markup {
  const read = readBy(total, last);
  if (last === null || read <= total) return mrkdwn``;
  const through = read - last.counts.deadLettered - last.counts.held;
  if (through <= 0) return mrkdwn``;
  return through === read - total
    ? mrkdwn`; the other ${through} went through`
    : mrkdwn`; ${through} went through`;
}

/** How it ended, and by whose hand. */
export function ending(
  { incident }: FlowIncidentView,
  state: { at: Temporal.Instant; by: string },
): Markup {
  const { subject, total, written, discarded } = incident;
  const by = state.by === "Tieline" ? mrkdwn`` : mrkdwn` by ${person(state.by)}`;
  if (subject.kind === "systemic") return mrkdwn`Running again since ${clock(state.at)}${by}.`;
  const elsewhere = total - written - discarded;
  const parts = [
    mrkdwn`${written} of ${total} written`,
    ...(discarded > 0 ? [mrkdwn`${discarded} discarded`] : []),
    ...(elsewhere > 0 ? [mrkdwn`${elsewhere} changed, or refused for another reason now`] : []),
  ];
  return mrkdwn`${joined(parts, ", ")}. Settled${by}, ${clock(state.at)}.`;
}
