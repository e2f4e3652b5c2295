import { shortestGapMs } from "../../cron.ts";
import { warning, type Check } from "./check.ts";
import { minutesText } from "./budget.ts";

const kindMs = 60 * 60_000;

/** What can only be read whole is not read every few minutes. */
export const tightSchedule: Check = ({ plan: { trigger }, between: { from } }) => {
  if (trigger.kind !== "cron" || from.object.incremental) return [];
  const gap = shortestGapMs(trigger.cron, trigger.zone);
  if (gap === null || gap >= kindMs) return [];
  return warning(
    `${from.title} ${from.object.name} can only be read whole, each time, and is to be read every ${minutesText(gap)}; once an hour is plenty`,
  );
};
