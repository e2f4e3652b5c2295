import type { Window } from "./flow.ts";

/** Whether its hours are on. From 22:00 to 06:00 goes over midnight; equal ends are the whole day. */
export function isOpen({ from, to, zone }: Window, at: Temporal.Instant): boolean {
  const now = at.toZonedDateTimeISO(zone).toPlainTime();
  const compare = Temporal.PlainTime.compare;
  const begun = compare(now, from) >= 0;
  const before = compare(now, to) < 0;
  if (from === to) return true;
  return from < to ? begun && before : begun || before;
}

/** When its hours begin next. Where the clocks leave out that time of day, at the next one there is. */
export function opensNext({ from, zone }: Window, after: Temporal.Instant): Temporal.Instant {
  const today = after.toZonedDateTimeISO(zone).toPlainDate();
  const on = (date: Temporal.PlainDate): Temporal.Instant =>
    date.toZonedDateTime({ timeZone: zone, plainTime: from }).toInstant();
  const first = on(today);
  return Temporal.Instant.compare(first, after) > 0 ? first : on(today.add({ days: 1 }));
}

/** "22:00 to 06:00, Europe/Paris" */
export const windowText = ({ from, to, zone }: Window): string => `${from} to ${to}, ${zone}`;
