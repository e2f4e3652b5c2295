import type { RetryPlan } from "#operations/contract.ts";
import { few } from "#operations/letters/contract.ts";
import { exit } from "../cli.ts";
import { follow } from "../follow.ts";
import { makeProgress } from "../progress.ts";
import { amount } from "../table.ts";
import { verb, type Room } from "../verb.ts";

export const retry = verb({
  kind: "operation",
  name: "retry",
  words: "FLOW|ID...",
  least: 1,
  most: 500,
  about: "Tries dead letters again: all of a flow, or those named.",
  help: `Waits for the end. Ends with 2 when some are dead letters still. More than ${few} of a flow are told first, and begun at a terminal with --yes only; then one is tried, then ten, then the rest.`,
  options: {
    yes: { about: "Begins at once, however many they are." },
    version: { about: "As that version of the flow does, not the newest.", value: "N" },
  },

  async run({ words, json, values, flags }, room) {
    const what = await meant(words, room);
    const isMany = "flow" in what && (await tellPlan(what.flow, room));
    if (isMany && room.isTTY && !json && !flags.has("yes")) {
      room.note(`Nothing is begun yet: tieline retry ${what.flow} --yes begins.`);
      return exit.done;
    }
    const { run, busy, undecided } = await room.do("letters.retry", {
      ...what,
      ...(values["version"] === undefined ? {} : { version: Number(values["version"]) }),
    });
    tellLeft({ busy, undecided, isMany }, room);
    const outcome = { retried: 0, written: 0, deadLettered: 0, superseded: 0 };
    if (run !== null) {
      const progress = makeProgress(json ? { ...room, isTTY: false } : room);
      const over = await follow(run.id, room, progress.seen).finally(progress.clear);
      Object.assign(outcome, await room.do("letters.outcome", { run: run.id }));
      if (over.state.kind === "failed") room.note(over.state.reason);
    }
    const { retried, written, deadLettered, superseded } = outcome;
    if (json) room.answer({ retried, written, dead_lettered: deadLettered, superseded });
    else room.say(summary(outcome));
    return deadLettered > 0 ? exit.differences : exit.done;
  },
});

function tellLeft(
  left: { busy: readonly { id: string; by: string }[]; undecided: number; isMany: boolean },
  room: Room,
): void {
  const { busy, undecided, isMany } = left;
  for (const { id, by } of busy)
    room.note(isMany ? `${by} retries them already.` : `${id} is being retried by ${by} already.`);
  if (undecided > 0)
    room.note(
      `${amount(undecided)} may have been written already and ${undecided === 1 ? "is" : "are"} left out: look at the tool, then name each to retry it.`,
    );
}

/** Whether they are many: then what it comes to is told before anything begins. */
async function tellPlan(flow: string, room: Room): Promise<boolean> {
  const plan = await room.do("letters.plan", { flow });
  if (plan.records <= few) return false;
  planLines(plan).forEach((line) => room.note(line));
  return true;
}

function planLines({ records, titles, calls, minutes, left, short }: RetryPlan): string[] {
  const took = minutes === null ? "" : `, about ${amount(minutes)} min`;
  return [
    `${amount(records)} records to ${titles.to}: about ${amount(calls)} calls${took} at half of the pace, so that live runs go first.`,
    ...(short === null
      ? left.map(({ tool, calls: more }) => `${tool} leaves ${amount(more)} calls for today.`)
      : [
          `${short.tool} leaves ${amount(short.calls)} calls for this today; the rest follows when it gives more.`,
        ]),
  ];
}

/** One word that is a flow's name means the flow; anything else is ids. */
async function meant(
  words: readonly string[],
  room: Room,
): Promise<{ flow: string } | { letters: readonly string[] }> {
  const [only = ""] = words;
  const flows = await room.do("flows.list", {});
  const isFlow = flows.some(({ flow }) => flow.name === only.toLowerCase());
  const looksLikeName = words.length === 1 && /^[a-z][a-z-]*$/i.test(only);
  return words.length === 1 && (isFlow || looksLikeName) ? { flow: only } : { letters: words };
}

function summary(outcome: {
  retried: number;
  written: number;
  deadLettered: number;
  superseded: number;
}): string {
  const { retried, written, deadLettered, superseded } = outcome;
  if (retried === 0) return "There was nothing to retry.";
  const parts = [`${amount(retried)} retried`, `${amount(written)} written`];
  if (superseded > 0) parts.push(`${amount(superseded)} changed at their source since`);
  if (deadLettered > 0) parts.push(`${amount(deadLettered)} still need a hand`);
  return parts.join(" · ");
}
