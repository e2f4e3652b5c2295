import { expect } from "vitest";
import { isOver } from "#domain/run.ts";
import { seen } from "./check.ts";
import { as } from "./clicks.ts";
import type { Desk } from "./desk.ts";
import { after, bob, isOpen, tried, wrote, type Letter, type Model, type RunExpected } from "./model.ts"; // prettier-ignore

/** `reads`: so many are read before something is done to it. */
export type Midway = { midway: "nothing" | "pause" | "cancel"; reads: number };

/** A heart beats every two seconds: after so long the run has seen what was asked of it. */
const beatMs = 5_000;

/**
 * Performs a retry of many. How many it comes to is up to what it meets: each letter was tried, and then it is
 * as it should be, or it is as it was, with a word where it was taken in vain.
 */
export async function adoptBulk(
  model: Model,
  desk: Desk,
  run: RunExpected,
  { midway, reads }: Midway,
): Promise<void> {
  // prettier-ignore
  const { source, clock, perform } = desk;
  const asked: Promise<unknown>[] = [];
  let left = reads;
  // What is not answered when it is stopped is found out by the next run: bulk-retry.test.ts follows that.
  if (midway !== "nothing") desk.target.fault = () => "none";
  source.fault = async () => {
    left -= 1;
    if (left !== 0 || midway === "nothing") return;
    asked.push(
      perform(midway === "pause" ? "runs.pause" : "runs.cancel", { run: run.id }, as(bob)),
    );
    await Promise.all(asked);
    await clock.sleep(beatMs, new AbortController().signal);
  };
  const done = await desk.work();
  source.fault = () => undefined;
  run.state = done === null || isOver(done.state) ? "over" : done.state.kind === "paused" ? "paused" : "waiting"; // prettier-ignore
  const now = await desk.letters();
  for (const [name, before] of model.letters) {
    const letter = now.get(name);
    if (letter === undefined || !isOpen(before)) continue;
    const outcomes = possible(model, before, run.by);
    const found = outcomes.find(({ letter: one }) => JSON.stringify(one) === JSON.stringify(seen(letter))); // prettier-ignore
    expect({ name, is: seen(letter), found: found !== undefined }).toEqual({ name, is: seen(letter), found: true }); // prettier-ignore
    if (found === undefined) continue;
    model.letters.set(name, found.letter);
    if (found.wrote !== null) wrote(model, before.key, found.wrote, model.source.get(before.key) ?? ""); // prettier-ignore
  }
}

/** Not come to; tried; or taken and given back, by whoever stopped it. */
function possible(
  model: Model,
  before: Letter,
  by: string,
): { letter: Letter; wrote: string | null }[] {
  // prettier-ignore
  const taken = after(before, by, {});
  return [
    { letter: before, wrote: null },
    tried(model, taken, by),
    ...["Tieline", bob].map((who) => ({ letter: after(taken, who, {}), wrote: null })),
    { letter: { ...taken, state: "retrying" }, wrote: null },
  ];
}
