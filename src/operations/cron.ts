import { CronExpressionParser } from "cron-parser";
import { nextSlot } from "#domain/slots.ts";
import { nearest } from "./nearest.ts";

const parts = "minute, hour, day of the month, month, day of the week";
const example =
  'for instance "*/15 * * * *", every 15 minutes, or "0 7 * * 1-5", working days at 07:00';

/** What is wrong with a schedule, or null when it can be kept to. */
export function cronProblem(cron: string): string | null {
  const words = cron.trim().split(/\s+/).filter(Boolean);
  if (words.length !== 5)
    return `a schedule has five parts (${parts}), this has ${words.length}; ${example}`;
  if (!/^[\d*/,\-A-Z#?]+$/i.test(words.join("")) || /(^|[^A-Z])H/i.test(words.join(" ")))
    return `a schedule has digits, *, /, comma, hyphen and names of days and months only; ${example}`;
  try {
    CronExpressionParser.parse(words.join(" "), { tz: "UTC" }).next();
    return null;
  } catch (error) {
    return `${reason(error)}; ${example}`;
  }
}

function reason(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const range = /got value (\S+) expected range (\d+)-(\d+)/.exec(said);
  if (range) return `${range[1]} is not between ${range[2]} and ${range[3]}`;
  if (/day of month|No matching|loop limit/i.test(said)) return "this never comes";
  return said.charAt(0).toLowerCase() + said.slice(1);
}

/** What is wrong with a time zone's name, or null. */
export function zoneProblem(zone: string): string | null {
  const known = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone) && isZone(zone);
  if (known) return null;
  const meant = nearest(zone, Intl.supportedValuesOf("timeZone"));
  return meant === null
    ? "a time zone has a name such as Europe/Paris or UTC"
    : `there is no such time zone; did you mean ${meant}?`;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** When a schedule comes next after an instant; null when it cannot be read. */
export function nextTime(
  cron: string,
  zone: string,
  after: Temporal.Instant,
): Temporal.Instant | null {
  try {
    return nextSlot({ cron, zone }, after);
  } catch {
    return null;
  }
}

/** The least time between two of its next starts; null when it cannot be read or comes but once. */
export function shortestGapMs(cron: string, zone: string): number | null {
  try {
    const schedule = CronExpressionParser.parse(cron, { tz: zone });
    const starts = Array.from({ length: 20 }, () => schedule.next().getTime());
    return Math.min(...starts.slice(1).map((start, before) => start - (starts[before] ?? 0)));
  } catch {
    return null;
  }
}
