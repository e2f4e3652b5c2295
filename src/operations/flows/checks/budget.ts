import type { Pace } from "#domain/ports/connector-facts.ts";
import { shortestGapMs } from "../../cron.ts";
import { warning, type Check, type Finding } from "./check.ts";

/** Runs begin again before the tools' limits let the one before end. By what runs handled lately. */
export const budget: Check = ({ plan: { trigger }, between: { from, to }, load }) => {
  const gap = trigger.kind === "cron" ? shortestGapMs(trigger.cron, trigger.zone) : null;
  if (gap === null || load === null) return [];
  const reads = Math.ceil(load.read / from.object.perCall.reads);
  const writes = Math.ceil(load.written / to.object.perCall.writes);
  return [
    ...tooMuch(from.title, from.pace, reads, gap),
    // Before a record is written it is looked for, or read again.
    ...tooMuch(to.title, to.pace, 2 * writes, gap),
  ];
};

function tooMuch(title: string, pace: Pace | null, calls: number, gap: number): Finding[] {
  const needs = pace === null ? 0 : (calls / pace.calls) * pace.perMs;
  return needs <= gap
    ? []
    : warning(
        `a run needs about ${calls} calls of ${title}, which its limits spread over ${minutesText(needs)}, and the next is to start after ${minutesText(gap)}; runs follow one another without a break`,
      );
}

/** "15 minutes", "2 hours" */
export function minutesText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return minutes === 1 ? "minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
