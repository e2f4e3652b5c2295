type Parts = Record<"year" | "month" | "day" | "weekday" | "monthName" | "monthShort", string>;

/** The moment of a Slack `ts`, in milliseconds since 1970. */
export const momentOf = (ts: string): number => Number.parseFloat(ts) * 1000;

/** The zone if this machine knows it, else UTC: a wrong zone must not blank the page. */
function zoned(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
}

/** `09:52` in the reader's zone. */
export function clockTime(ms: number, zone: string, seconds = false): string {
  const second = seconds ? ({ second: "2-digit" } as const) : {};
  return zoned(zone, { hour: "2-digit", minute: "2-digit", ...second, hourCycle: "h23" }).format(
    ms,
  );
}

/** `2026-11-23` in the reader's zone; also the key that days are told apart by. */
export function dayOf(ms: number, zone: string): string {
  const { year, month, day } = partsOf(ms, zone);
  return `${year}-${month}-${day}`;
}

function partsOf(ms: number, zone: string): Parts {
  const part = (options: Intl.DateTimeFormatOptions) => zoned(zone, options).format(ms);
  return {
    year: part({ year: "numeric" }),
    month: part({ month: "2-digit" }).padStart(2, "0"),
    day: part({ day: "2-digit" }).padStart(2, "0"),
    weekday: part({ weekday: "long" }),
    monthName: part({ month: "long" }),
    monthShort: part({ month: "short" }),
  };
}

/** What a day is called relative to now, or undefined when it is further than a day away. */
export function relativeDay(ms: number, zone: string, now: number): string | undefined {
  // Whole days on the calendar, not spans of 24 hours: clocks change.
  const apart = (Date.parse(dayOf(ms, zone)) - Date.parse(dayOf(now, zone))) / 86_400_000;
  return ["yesterday", "today", "tomorrow"][apart + 1];
}

/** The heading between two days: `Today`, `Yesterday`, `Friday 20 November`. */
export function dayHeading(ms: number, zone: string, now: number): string {
  const relative = relativeDay(ms, zone, now);
  if (relative) return relative.charAt(0).toUpperCase() + relative.slice(1);
  const { weekday, day, monthName, year } = partsOf(ms, zone);
  const inYear = year === partsOf(now, zone).year ? "" : ` ${year}`;
  return `${weekday} ${Number(day)} ${monthName}${inYear}`;
}

/** The whole moment, for a tooltip. */
export function fullTime(ms: number, zone: string): string {
  const { weekday, day, monthName, year } = partsOf(ms, zone);
  return `${weekday} ${Number(day)} ${monthName} ${year}, ${clockTime(ms, zone, true)} (${zone})`;
}

/**
 * Fills Slack's date placeholders (`{date_short_pretty}`, `{time}` …) in the reader's zone.
 * Placeholders: docs.slack.dev, formatting text for app surfaces, date formatting.
 */
export function formatDate(unix: number, format: string, zone: string, now: number): string {
  const ms = unix * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return format;
  const filled = format.replace(/\{(\w+)\}/g, (token, name: string) => {
    const pretty = /^date(_short|_long)?_pretty$/.test(name) && relativeDay(ms, zone, now);
    return pretty || named(name.replace(/_pretty$/, ""), ms, zone, now) || token;
  });
  return format.startsWith("{date") ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled;
}

function named(name: string, ms: number, zone: string, now: number): string | undefined {
  const { year, month, day, weekday, monthName, monthShort } = partsOf(ms, zone);
  switch (name) {
    case "date_num":
      return `${year}-${month}-${day}`;
    case "date":
      return `${monthName} ${ordinal(Number(day))}, ${year}`;
    case "date_short":
      return `${monthShort} ${Number(day)}, ${year}`;
    case "date_long":
      return `${weekday}, ${monthName} ${ordinal(Number(day))}, ${year}`;
    case "day_divider":
      return dayHeading(ms, zone, now);
    case "time":
      return clockTime(ms, zone);
    case "time_secs":
      return clockTime(ms, zone, true);
    case "ago":
      return ago(now - ms);
    default:
      return undefined;
  }
}

function ordinal(day: number): string {
  if (day > 3 && day < 21) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

function ago(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const [count, unit] =
    minutes < 60
      ? [minutes, "minute"]
      : minutes < 1440
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  const said = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return ms < 0 ? `in ${said}` : `${said} ago`;
}
