import type { Incoming } from "#connectors/egress.ts";
import type { Asked } from "./answers.ts";
import { type Coverage, noted } from "../faults/matrix.ts";
import type { Place } from "./outside.ts";

/** `strict`: nothing may be forgotten, since the store loses nothing. */
type Seen = { coverage: Coverage; now: () => number; wrong: string[]; strict: () => boolean };

const longestWaitMs = 3_600_000;
/** What was on its way already when the tool asked to wait still comes. */
const onTheWayMs = 2_000;

/** Looks at every request and answer: what must never be asked, and faults that make themselves. */
export function makeWatch({ coverage, now, wrong, strict }: Seen) {
  const closed = new Map<string, { since: number; until: number }>();
  let written = 0;
  const keyOf = (worker: number, { tool }: Place): string => `${String(worker)} ${tool.name}`;

  function sent(worker: number, place: Place, { what }: Asked): void {
    if (what === "token" || !strict()) return;
    const wait = closed.get(keyOf(worker, place));
    const at = now();
    if (wait !== undefined && at > wait.since + onTheWayMs && at < wait.until - 1_000)
      wrong.push(`worker ${String(worker)} asked ${place.tool.name} ${String(wait.until - at)} ms too early`); // prettier-ignore
  }

  function answered(worker: number, place: Place, asked: Asked, given: Incoming): void {
    const waitMs = waitIn(given, now());
    if (waitMs !== null) closed.set(keyOf(worker, place), { since: now(), until: now() + waitMs });
    const text = given.body.toString("utf8", 0, 4000);
    if (asked.what === "list" && given.status === 200) listed(place, text);
    if (asked.what !== "write" && asked.what !== "upload") return;
    written += 1;
    refusedIn(given.status, text);
  }

  function listed({ tool }: Place, text: string): void {
    const times = [...text.matchAll(/"updated":"([^"]+)"/g)].map(([, time]) => time);
    if (times.length >= 3 && new Set(times).size === 1) noted(coverage, "S8.equal");
    if (times.length === 3 && isTold(tool) && !text.includes('"next"')) noted(coverage, "S5.full");
    const ahead = tool.now() - now();
    if (ahead > 60_000) noted(coverage, "S8.ahead");
    if (ahead < -60_000) noted(coverage, "S8.behind");
    if (tool.extra["surprise"] !== undefined) noted(coverage, "D12.new");
  }

  function refusedIn(status: number, text: string): void {
    if (text.includes("DUPLICATE")) noted(coverage, text.includes("there as") ? "D3.told" : "D3.untold"); // prettier-ignore
    if (text.includes("UNKNOWN_FIELD")) noted(coverage, "D12.removed");
    if (text.includes('"6240"')) noted(coverage, "D1.one");
    if (status !== 200 || !text.includes('"error"')) return;
    noted(coverage, "S10.record");
    if (text.includes('"record"')) noted(coverage, "D7.invalid");
  }

  return { sent, answered, written: () => written };
}

const isTold = ({ shape }: Place["tool"]): boolean =>
  shape.paging === "cursor" || shape.paging === "next_url";

/** As the tool meant it; null where it asked for none, or for what nobody believes. */
function waitIn({ status, headers }: Incoming, now: number): number | null {
  const said = headers["retry-after"];
  if (status !== 429 || said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : said.endsWith("GMT") ? Date.parse(said) - now : 0; // prettier-ignore
  return ms > 0 ? Math.min(ms, longestWaitMs) : null;
}
