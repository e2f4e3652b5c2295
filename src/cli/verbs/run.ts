import type { Run } from "#domain/run.ts";
import { exit } from "../cli.ts";
import { follow } from "../follow.ts";
import { makeProgress } from "../progress.ts";
import { runLine, secondsOf } from "../run-line.ts";
import { verb } from "../verb.ts";

export const run = verb({
  kind: "operation",
  name: "run",
  words: "FLOW",
  least: 1,
  most: 1,
  about: "Runs a flow now and waits for its end.",
  help: "Ends with 2 when records became dead letters or were held. Ctrl-C stops waiting, not the run.",
  options: { full: { about: "Read everything again, not only what changed." } },

  async run({ words: [flow = ""], flags, json }, room) {
    const started = await room.do("runs.start", { flow, full: flags.has("full") });
    if (!started.fresh) room.note(`${flow} is under way already; this follows that run.`);
    const progress = makeProgress(json ? { ...room, isTTY: false } : room);
    const over = await follow(started.run.id, room, progress.seen).finally(progress.clear);
    if (json) room.answer(answerOf(over));
    else room.say(summary(over));
    return codeOf(over);
  },
});

const answerOf = (over: Run): object => {
  const { counts, state } = over;
  return {
    run: over.id,
    status: state.kind,
    read: counts.read,
    created: counts.created,
    updated: counts.updated,
    unchanged: counts.unchanged,
    filtered: counts.filtered,
    deleted: counts.deleted,
    dead_lettered: counts.deadLettered,
    held: counts.held,
    seconds: Number(secondsOf(over).toFixed(3)),
  };
};

function codeOf({ state, counts }: Run): number {
  if (state.kind !== "done") return exit.failed;
  return counts.deadLettered + counts.held > 0 ? exit.differences : exit.done;
}

function summary(over: Run): string {
  const { counts, state, flow } = over;
  const lines = [runLine(over)];
  if (state.kind === "failed") lines.push(state.reason);
  if (state.kind === "cancelled") lines.push(`Cancelled by ${state.by}.`);
  if (counts.deadLettered > 0) lines.push(`See them with: tieline dead-letters ${flow}`);
  return lines.join("\n");
}
