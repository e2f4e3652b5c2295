/** Now as records keep it: to the second, so that many records share one instant. */
export const now = (): string => instant(Date.now());

export const instant = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString();

/** As answers write it: `2026-11-20T16:50:06.000+0000`, an offset without its colon. */
export const written = (instant: string): string => instant.replace("Z", "+0000");

/** The instant meant by an ISO text with an offset, as records keep it; undefined if it is none. */
export function instantIn(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : instant(ms);
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}
