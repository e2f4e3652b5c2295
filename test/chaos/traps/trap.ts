import { existsSync, writeSync } from "node:fs";
import { setImmediate as soon } from "node:timers/promises";
import type { Act, Point, Side } from "../points.ts";
import { sightingsAt, variables, type Seen } from "../sightings.ts";

const trap = process.env[variables.trap] ?? "";
const gate = process.env[variables.gate] ?? "";
let passes = Number(process.env[variables.passes] ?? 1);

/** Written at once, so that it is said even by one that dies of it. */
export function sighted(seen: Seen): void {
  try {
    writeSync(sightingsAt, `${JSON.stringify({ ...seen, at: Date.now() })}\n`);
  } catch {
    // Nobody looks.
  }
}

/** Dies here, as by `kill -9`, if it is where this process was told to. */
function reached(act: Act, side: Side): void {
  const point: Point = `${act}:${side}`;
  if (point !== trap || !existsSync(gate)) return;
  passes -= 1;
  if (passes > 0) return;
  sighted({ what: "caught", point });
  process.kill(process.pid, "SIGKILL");
}

/** Does what one would do anyway; it may be the last thing this process does. */
export async function through<Result>(
  passing: readonly Act[],
  work: () => Promise<Result>,
): Promise<Result> {
  for (const act of passing) reached(act, "before");
  const working = work();
  if (passing.some((act) => trap === `${act}:during`)) {
    working.catch(() => undefined);
    // By then it has left this process.
    await soon();
    await soon();
    for (const act of passing) reached(act, "during");
  }
  const result = await working;
  for (const act of passing) reached(act, "after");
  return result;
}
