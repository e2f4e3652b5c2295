import { fingerprint } from "#domain/cause.ts";
import { payload, type DeadLetter } from "#domain/dead-letter.ts";
import { bulkOf } from "#domain/run.ts";
import { makeBreaker } from "./breaker.ts";
import type { Claimed } from "./claimed.ts";
import { CauseReturned } from "./stopped.ts";

type About = Pick<Claimed, "run" | "flow" | "ends"> & { taken: number };

/** So many are tried before it is let loose: one, then ten. */
const probes = 11;

/**
 * Compares dead letters before and after they were tried. One of the first that comes back for the same
 * cause is enough; later it takes the last twenty of a page, or over half of it.
 * @throws CauseReturned
 */
export function judge(
  before: readonly DeadLetter[],
  after: readonly DeadLetter[],
  about: About,
): void {
  const was = new Map(before.map((letter) => [letter.id, letter]));
  const same = after.filter((now) => isSame(was.get(now.id), now, about));
  const [first] = same;
  if (first === undefined) return;
  if (about.taken <= probes || tooMany(after, same)) throw new CauseReturned(text(first, about));
}

function isSame(was: DeadLetter | undefined, now: DeadLetter, { run, flow }: About): boolean {
  if (now.state.kind !== "open" || now.run !== run.id) return false;
  // Tried by an earlier claim of this run: what it was before is told by the incident it is kept under.
  if (was?.state.kind !== "retrying") return now.incident === (bulkOf(run)?.incident ?? null);
  const cause = ({ direction, problem }: DeadLetter) =>
    fingerprint(flow.name, flow.to, direction, problem);
  return cause(was) === cause(now);
}

function tooMany(page: readonly DeadLetter[], same: readonly DeadLetter[]): boolean {
  const breaker = makeBreaker();
  const returned = new Set(same.map(({ id }) => id));
  for (const { id, state, direction, problem } of page)
    if (returned.has(id)) breaker.refused(direction, problem);
    else if (state.kind !== "retrying") breaker.accepted();
  return breaker.broken() !== null;
}

function text(letter: DeadLetter, { run, flow, ends, taken }: About): string {
  const atTarget = (letter.direction === "write") === (letter.way === "there");
  const who = atTarget
    ? (ends.titles?.target ?? flow.to.connection)
    : (ends.titles?.source ?? flow.from.connection);
  const of = run.total === null ? "" : ` of ${thousands.format(Math.max(run.total, taken))}`;
  return `Stopped after ${thousands.format(taken)}${of}: ${who} still says “${unnamed(letter)}”`;
}

const thousands = new Intl.NumberFormat("en-US");

/** What was said, without what is in the record: everybody in the channel reads it. */
function unnamed(letter: DeadLetter): string {
  const values = [...Object.values(letter.fields), ...Object.values(payload(letter))];
  return values
    .filter((value) => typeof value === "string")
    .filter((value) => value.trim().length >= 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((said, value) => said.replaceAll(value, "…"), letter.problem.message)
    .slice(0, 200);
}
