import { wrongColumnValue } from "../failures.ts";
import { BY_SIZE, type ColumnKind, isBlank, objectIn } from "./column-kind.ts";

export type Day = { date: string; time: string | null };

/** A day, with a time of day (UTC) where one was written. */
export const date: ColumnKind<Day> = {
  type: "date",
  inner: "date",
  shows: "DateValue",
  operators: BY_SIZE,
  write(given) {
    if (isBlank(given)) return null;
    const [whole, clock] = typeof given === "string" ? given.split(" ") : [];
    const { date: day, time = null, ...rest } = objectIn(given) ?? { date: whole, time: clock };
    if (day === null || day === "") return null;
    if (!isDay(day) || Object.keys(rest).some((key) => !KNOWN.includes(key)))
      throw wrongColumnValue("a date is written YYYY-MM-DD", "date");
    if (time !== null && !isTime(time))
      throw wrongColumnValue("a time is written HH:MM:SS", "date");
    return { date: day, time };
  },
  text: (held) => (held === null ? "" : [held.date, held.time?.slice(0, 5)].join(" ").trim()),
  value: (held) => held && { date: held.date, ...(held.time !== null && { time: held.time }) },
  fields: (held) => ({ date: held?.date ?? null, time: held?.time ?? null, icon: null }),
  sought: (held) => ({
    empty: held === null,
    text: held?.date ?? "",
    terms: held === null ? [] : [held.date],
    order: held?.date ?? "",
  }),
};

const KNOWN = ["icon", "changed_at"];

const isTime = (value: unknown): value is string =>
  typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value);

function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
