const EASTERN = "America/New_York";

/**
 * How FreshBooks writes when an accounting record changed: `2019-11-18 12:04:07`, in US Eastern time and
 * without a zone, so that in the autumn an hour comes twice. Source: the official SDK's Date.ts.
 */
export function easternTime(at: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(EASTERN);
  return local.toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " ");
}

export const easternDate = (at: number): string => easternTime(at).slice(0, 10);

/** A client's `signup_date` is written the same way, but in UTC. Source: the official SDK's Client.ts. */
export const utcTime = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace("T", " ");

/** Projects know UTC, without saying so: `2019-05-08T20:06:55`. */
export const projectTime = (at: number): string => new Date(at).toISOString().slice(0, 19);

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether it is a day that exists, as `2026-11-01`. */
export const isDate = (text: string): boolean =>
  DATE.test(text) && !Number.isNaN(Date.parse(text)) && daysAfter(text, 0) === text;

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
