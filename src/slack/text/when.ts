import type { Markup } from "./markup.ts";

const seconds = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / 1000);

/** What clients that cannot format dates show, in UTC since they do not know the reader either. */
const plain = (at: Temporal.Instant): string =>
  at
    .toZonedDateTimeISO("UTC")
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ") + " UTC";

const date = (at: Temporal.Instant, format: string): Markup => ({
  mrkdwn: `<!date^${seconds(at)}^${format}|${plain(at)}>`,
});

/** "09:41" in the reader's own zone, with the day where it is not today. */
export function when(at: Temporal.Instant, now: Temporal.Instant): Markup {
  const apart = Math.abs(at.epochMilliseconds - now.epochMilliseconds);
  return apart < 12 * 3_600_000 ? clock(at) : moment(at);
}

/** "09:41" */
export const clock = (at: Temporal.Instant): Markup => date(at, "{time}");

/** "today at 09:41", "Nov 20th at 09:41" */
export const moment = (at: Temporal.Instant): Markup => date(at, "{date_short_pretty} at {time}");
