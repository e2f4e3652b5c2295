/** "23 November, 14:02 UTC": the readers of a sentence may live in several zones. */
export function whenText(at: Temporal.Instant): string {
  const there = at.toZonedDateTimeISO("UTC");
  const day = there.toLocaleString("en-GB", { day: "numeric", month: "long" });
  const time = there.toPlainTime().toString({ smallestUnit: "minute" });
  return `${day}, ${time} UTC`;
}

/** Slack user ids are said with an at sign, which Slack's room makes a mention; other names as they are. */
export const whoText = (by: string): string => (/^[UWS][A-Z0-9]{2,}$/.test(by) ? `@${by}` : by);
