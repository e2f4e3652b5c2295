import { expect } from "vitest";
import { isOver } from "#domain/run.ts";
import { seen } from "./check.ts";
import { as } from "./clicks.ts";
import type { Desk } from "./desk.ts";
import { after, arrived, bob, foundOut, isOpen, isRefused, tried, wrote, type Letter, type Model, type RunExpected } from "./model.ts"; // prettier-ignore
import type { UnderWay } from "./slow-tool.ts";

/**
 * `reads`: so many are read before something is done to it. Cancelled while the tool thinks about what it is
 * sent, before it does it or after, it ends without an answer.
 */
export type Midway = {
  midway: "nothing" | "pause" | "cancel" | "cancel before it is done" | "cancel after it is done";
  reads: number;
};

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
  foundOut(model, run.by);
  const underWay = await performAll(desk, run, { midway, reads });
  const now = await desk.letters();
  const had = run.work.kind === "bulk" ? run.work.inHand : [];
  const inHand: string[] = [];
  for (const each of underWay) leave(model, each);
  for (const [name, before] of model.letters) {
    const letter = now.get(name);
    if (letter === undefined || !(isOpen(before) || had.includes(name))) continue;
    const outcomes = possible(model, before, run.by);
    const found = outcomes.find(({ letter: one }) => JSON.stringify(one) === JSON.stringify(seen(letter))); // prettier-ignore
    expect({ name, is: seen(letter), found: found !== undefined }).toEqual({ name, is: seen(letter), found: true }); // prettier-ignore
    if (found === undefined) continue;
    model.letters.set(name, found.letter);
    if (found.letter.state === "retrying") inHand.push(name);
    if (found.wrote !== null) wrote(model, before.key, found.wrote, model.source.get(before.key) ?? ""); // prettier-ignore
  }
  run.work = { kind: "bulk", inHand };
}

/** Returns what nobody waited for the answer to. */
async function performAll(
  { source, target, clock, perform, slowTool, work }: Desk,
  run: RunExpected,
  { midway, reads }: Midway,
): Promise<readonly UnderWay[]> {
  let left = reads;
  const asked: Promise<unknown>[] = [];
  const ask = (what: "runs.pause" | "runs.cancel"): Promise<unknown> => {
    if (asked.length === 0) asked.push(perform(what, { run: run.id }, as(bob)));
    return Promise.all(asked);
  };
  if (midway !== "nothing") target.fault = () => "none";
  source.fault = async () => {
    left -= 1;
    if (left !== 0 || midway === "nothing") return;
    if (midway !== "pause" && midway !== "cancel")
      return slowTool.think(midway === "cancel after it is done", () => ask("runs.cancel"));
    await ask(midway === "pause" ? "runs.pause" : "runs.cancel");
    await clock.sleep(beatMs, new AbortController().signal);
  };
  const done = await work();
  source.fault = () => undefined;
  run.state = done === null || isOver(done.state) ? "over" : done.state.kind === "paused" ? "paused" : "waiting"; // prettier-ignore
  return slowTool.wake();
}

/** Of what was under way nothing is known but that it was sent; the letter is open again. */
function leave(model: Model, { request, done }: UnderWay): void {
  for (const write of request.writes) {
    if (write.kind === "archive") continue;
    const { key, kind, fields } = write;
    const notes = String(fields["notes"]);
    const content = model.source.get(key) ?? "";
    const refused = isRefused(model, notes);
    const became = done ? (refused ? "refused" : "written") : null;
    model.pending.push({ key, kind, content, edited: notes === content ? null : notes, became });
    if (became === "written") arrived(model, key, notes);
  }
}

/** Not come to; tried; or taken and given back, by whoever stopped it. */
function possible(
  model: Model,
  before: Letter,
  by: string,
): { letter: Letter; wrote: string | null }[] {
  // prettier-ignore
  const taken = isOpen(before) ? after(before, by, {}) : before;
  return [
    { letter: before, wrote: null },
    tried(model, taken, by),
    ...["Tieline", bob].map((who) => ({
      letter: after(taken, who, { state: "open" }),
      wrote: null,
    })),
    { letter: { ...taken, state: "retrying" }, wrote: null },
  ];
}
