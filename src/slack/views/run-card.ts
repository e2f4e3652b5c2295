import { bulkOf, isOver, written, type Run } from "#domain/run.ts";
import { actions, button, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { duration, many } from "../text/amount.ts";
import { joined, lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { maskedSentence } from "../text/mask.ts";
import { when } from "../text/when.ts";
import { retryButtons } from "./retry-buttons.ts";

/** How a run is doing, or what came of it. */
export function runCard(run: Run, now: Temporal.Instant): Message {
  if (isOver(run.state)) return message([section(runSummary(run, now))]);
  const title = lines(mrkdwn`${stateText(run)}  *${run.flow}*`, progress(run, now));
  if (bulkOf(run) !== null) return message([section(title), actions(...retryButtons(run))]);
  const cancel = button("Cancel", "flow.cancel", run.flow);
  return message([section(title, cancel)]);
}

/** "✓ Done  customers-to-books · 5,000 read · 209 written · …" in one line. */
export function runSummary(run: Run, now: Temporal.Instant): Markup {
  const took = run.startedAt && run.endedAt ? span(run.startedAt, run.endedAt) : null;
  const parts = [
    mrkdwn`${stateText(run)}  *${run.flow}*`,
    ...(run.counts.read > 0 ? figures(run) : nothing(run)),
    ...(took === null ? [] : [mrkdwn`${took}`]),
  ];
  return lines(joined(parts, " · "), afterword(run, now));
}

function stateText({ state, work, counts }: Run): Markup {
  switch (state.kind) {
    case "queued":
      return mrkdwn`○ *Queued*`;
    case "running":
      return work.kind === "retry" ? mrkdwn`↻ *Retrying*` : mrkdwn`▶ *Running*`;
    case "waiting":
      return mrkdwn`◔ *Waiting*`;
    case "paused":
      return mrkdwn`◔ *Paused*`;
    case "done":
      if (counts.held > 0) return mrkdwn`◔ *Held*`;
      return counts.deadLettered > 0 ? mrkdwn`✓ *Done, with exceptions*` : mrkdwn`✓ *Done*`;
    case "failed":
      return mrkdwn`✕ *Failed*`;
    case "cancelled":
      return mrkdwn`■ *Cancelled*`;
    default:
      return state satisfies never;
  }
}

const figures = ({ counts, work }: Run): Markup[] => [
  mrkdwn`${counts.read} ${work.kind === "retry" ? "tried" : "read"}`,
  mrkdwn`${written(counts)} written`,
  ...(counts.unchanged > 0 ? [mrkdwn`${counts.unchanged} unchanged`] : []),
  ...(counts.filtered > 0 ? [mrkdwn`${counts.filtered} left out`] : []),
  ...(counts.deleted > 0 ? [mrkdwn`${counts.deleted} of them archived`] : []),
  ...(counts.held > 0 ? [mrkdwn`${counts.held} held back`] : []),
  ...(counts.deadLettered > 0 ? [needHand(counts.deadLettered)] : []),
];

const nothing = ({ state, work }: Run): Markup[] =>
  state.kind === "done" && work.kind === "sync" ? [mrkdwn`nothing had changed`] : [];

const needHand = (records: number): Markup =>
  records === 1 ? mrkdwn`1 needs a hand` : mrkdwn`${records} need a hand`;

function afterword({ state, trigger }: Run, now: Temporal.Instant): Markup | undefined {
  if (state.kind === "failed") return mrkdwn`${maskedSentence(state.reason, [])}`;
  if (state.kind === "cancelled")
    return mrkdwn`By ${person(state.by)}. What was written stays written.`;
  return trigger.kind === "person" && state.kind === "queued"
    ? mrkdwn`Asked for by ${person(trigger.by)}, ${when(now, now)}.`
    : undefined;
}

function progress(run: Run, now: Temporal.Instant): Markup {
  const { state, counts, total } = run;
  if (state.kind === "queued") return mrkdwn`It starts as soon as a worker is free.`;
  const figuresSoFar = [
    total === null || total < counts.read
      ? mrkdwn`${many(counts.read, "record")} so far`
      : mrkdwn`${bar(counts.read, total)}  ${counts.read} of about ${total}`,
    mrkdwn`${written(counts)} written`,
    ...(counts.deadLettered > 0 ? [needHand(counts.deadLettered)] : []),
    ...(state.kind === "running" ? left(run, now) : []),
  ];
  const waiting =
    state.kind === "waiting"
      ? mrkdwn`${maskedSentence(state.reason, [])} Goes on at ${when(state.until, now)}.`
      : state.kind === "paused"
        ? mrkdwn`Paused by ${person(state.by)}. It goes on where it was when somebody says so.`
        : undefined;
  return lines(joined(figuresSoFar, " · "), waiting);
}

const bar = (done: number, total: number): string => {
  const full = total === 0 ? 0 : Math.min(10, Math.floor((done / total) * 10));
  return "▓".repeat(full) + "░".repeat(10 - full);
};

/** Only once there is enough to go by; a guess that jumps about helps nobody. */
function left({ startedAt, counts, total }: Run, now: Temporal.Instant): Markup[] {
  if (startedAt === null || total === null || counts.read < total / 20) return [];
  const passed = now.epochMilliseconds - startedAt.epochMilliseconds;
  const ahead = (passed / counts.read) * Math.max(0, total - counts.read);
  return passed < 3000 || counts.read >= total ? [] : [mrkdwn`about ${duration(ahead)} left`];
}

const span = (from: Temporal.Instant, to: Temporal.Instant): string =>
  duration(to.epochMilliseconds - from.epochMilliseconds);
