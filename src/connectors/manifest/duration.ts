import { z } from "zod";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `10m`, `1h`, `500ms` as milliseconds. */
export const Duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h)$/, "a length of time such as 30s, 5m or 1h is accepted here")
  .transform((text) => {
    const [, count, unit] = /^(\d+)(\D+)$/.exec(text) ?? [];
    return Number(count) * (units[unit ?? ""] ?? 0);
  });
