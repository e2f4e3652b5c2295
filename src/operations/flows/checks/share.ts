import { shortestGapMs } from "../../cron.ts";
import { errors, warning, type Check, type Finding } from "./check.ts";

const day = 24 * 60 * 60_000;

/** A share is of something, and a day of its runs fits into it, by what they handled lately. */
export const share: Check = ({ plan: { share, trigger }, between: { from, to }, load }) => {
  if (share === null) return [];
  if (from.daily === null && to.daily === null)
    return errors([
      {
        path: ["share"],
        message: `neither ${from.title} nor ${to.title} is known to allow only so many calls a day`,
      },
    ]);
  const gap = trigger.kind === "cron" ? shortestGapMs(trigger.cron, trigger.zone) : null;
  if (gap === null || load === null) return [];
  const runs = Math.ceil(day / gap);
  const reads = Math.ceil(load.read / from.object.perCall.reads);
  // Before a record is written it is looked for, or read again.
  const writes = 2 * Math.ceil(load.written / to.object.perCall.writes);
  return [...tooMuch(from, runs * Math.max(1, reads), share), ...tooMuch(to, runs * writes, share)];
};

function tooMuch(
  { title, daily }: { title: string; daily: number | null },
  calls: number,
  share: number,
): Finding[] {
  const may = daily === null ? Infinity : Math.max(1, Math.floor(daily * share));
  return calls <= may
    ? []
    : warning(
        `a day of runs needs about ${calls} calls of ${title}, and its share is ${may}; it waits for the rest of the day`,
      );
}
