import { isOver, written, type Run } from "#domain/run.ts";
import { button, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { duration, many } from "../text/amount.ts";
import { joined, lines, md, person, type Markup } from "../text/markup.ts";
import { when } from "../text/when.ts";

/** How a run is doing, or what came of it. */
export function runCard(run: Run, now: Temporal.Instant): Message {
  if (isOver(run.state)) return message([section(runSummary(run, now))]);
  const cancel = button("Cancel", "flow.cancel", run.flow);
  return message([
    section(lines(md`${stateText(run)}  *${run.flow}*`, progress(run, now)), cancel),
  ]);
}

/** "✓ Done  customers-to-books · 5,000 read · 209 written · …" in one line. */
export function runSummary(run: Run, now: Temporal.Instant): Markup {
  const took = run.startedAt && run.endedAt ? span(run.startedAt, run.endedAt) : null;
  const parts = [
    md`${stateText(run)}  *${run.flow}*`,
    ...(run.counts.read > 0 ? figures(run) : []),
    ...(took === null ? [] : [md`${took}`]),
  ];
  return lines(joined(parts, " · "), afterword(run, now));
}

function stateText({ state, work, counts }: Run): Markup {
  switch (state.kind) {
    case "queued":
      return md`
○ _Queued_
      `;
    case "running":
      return work.kind === "retry"
        ? md`
↻ _Retrying_
          `
        : md`
▶ _Running_
          `;
    case "waiting":
      return md`
◔ _Waiting_
      `;
    case "done":
      return counts.deadLettered > 0 || counts.held > 0
        ? md`
✓ _Done, with exceptions_
          `
        : md`
✓ _Done_
          `;
    case "failed":
      return md`
✕ _Failed_
      `;
    case "cancelled":
      return md`
■ _Cancelled_
      `;
    default:
      return state satisfies never;
  }
}

const figures = ({ counts, work }: Run): Markup[] => [
  md`${counts.read} ${work.kind === "retry" ? "tried" : "read"}`,
  md`${written(counts)} written`,
  ...(counts.unchanged > 0 ? [md`${counts.unchanged} unchanged`] : []),
  ...(counts.filtered > 0 ? [md`${counts.filtered} left out`] : []),
  ...(counts.deleted > 0 ? [md`${counts.deleted} of them archived`] : []),
  ...(counts.held > 0 ? [md`${counts.held} held back`] : []),
  ...(counts.deadLettered > 0 ? [needHand(counts.deadLettered)] : []),
];

const needHand = (records: number): Markup =>
  records === 1
    ? md`
1 needs a hand
      `
    : md`${records} need a hand`;

function afterword({ state, trigger }: Run, now: Temporal.Instant): Markup | undefined {
  if (state.kind === "failed") return md`${state.reason}`;
  if (state.kind === "cancelled")
    return md`By ${person(state.by)}. What was written stays written.`;
  return trigger.kind === "person" && state.kind === "queued"
    ? md`Asked for by ${person(trigger.by)}, ${when(now, now)}.`
    : undefined;
}

function progress(run: Run, now: Temporal.Instant): Markup {
  const { state, counts, total } = run;
  if (state.kind === "queued")
    return md`
It starts as soon as a worker is free.
    `;
  const figuresSoFar = [
    total === null || total < counts.read
      ? md`${many(counts.read, "record")} so far`
      : md`${bar(counts.read, total)}  ${counts.read} of about ${total}`,
    md`${written(counts)} written`,
    ...(counts.deadLettered > 0 ? [needHand(counts.deadLettered)] : []),
    ...(state.kind === "running" ? left(run, now) : []),
  ];
  const waiting =
    state.kind === "waiting"
      ? md`${state.reason} Goes on at ${when(state.until, now)}.`
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
  return passed < 3000 || counts.read >= total ? [] : [md`about ${duration(ahead)} left`];
}

const span = (from: Temporal.Instant, to: Temporal.Instant): string =>
  duration(to.epochMilliseconds - from.epochMilliseconds);
