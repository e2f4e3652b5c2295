import { mostCounted } from "#domain/dead-letter.ts";

const thousands = new Intl.NumberFormat("en-US");
const tenths = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** "3,400" */
export const count = (number: number): string => thousands.format(number);

/** "1 record", "3,400 records" */
export const many = (number: number, one: string, more = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : more}`;

/** "99.4 %". Never rounds a failure away: what is not all is not 100 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = Math.floor((part / whole) * 1000) / 10;
  return `${tenths.format(share)} %`;
}

/** "4 s", "1 min 12 s", "2 h 5 min" */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (ms < 950) return `${tenths.format(Math.max(0.1, ms / 1000))} s`;
  if (seconds < 60) return `${seconds} s`;
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${count(hours)} h` : `${count(hours)} h ${minutes % 60} min`;
}

/** The same of dead letters, which are counted only so far. */
export const counted = (open: number, one: string): string =>
  open < mostCounted ? many(open, one) : `more than ${many(mostCounted - 1, one)}`;
