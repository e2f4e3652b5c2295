import { Mistake } from "#domain/errors.ts";
import { isOver } from "#domain/run.ts";
import { exit } from "../cli.ts";
import { follow } from "../follow.ts";
import { verb } from "../verb.ts";

export const decide = verb({
  kind: "operation",
  name: "decide",
  words: "ID source|target [FIELD...]",
  least: 2,
  most: 40,
  about: "Says which side of a conflict counts, for all its fields or for those named.",
  help: "Looks at both sides again, writes, and waits for the end. --always makes it a rule of the flow. Ends with 2 when something still differs.",
  options: {
    always: { about: "From now on that side counts for these fields, in every record." },
  },

  async run({ words: [id = "", side = "", ...fields], flags, json }, room) {
    if (side !== "source" && side !== "target")
      throw new Mistake("Say source or target: whose values count.", { usage: true });
    const seen = await room.do("conflicts.show", { conflict: id });
    const names = fields.length > 0 ? fields : seen.fields.map(({ name }) => name);
    const { run } = await room.do("conflicts.choose", {
      conflict: id,
      version: seen.conflict.version,
      choices: Object.fromEntries(names.map((name) => [name, side])),
      always: flags.has("always") ? names : [],
    });
    const over = await follow(run.id, room, () => undefined);
    const { conflict } = await room.do("conflicts.show", { conflict: id });
    const settled = conflict.state.kind === "settled";
    if (json) room.answer({ conflict: id, run: run.id, settled });
    else room.say(settled ? "Written: both sides agree." : stillOpen(isOver(over.state)));
    return settled ? exit.done : exit.differences;
  },
});

const stillOpen = (over: boolean): string =>
  over
    ? "What was chosen is written; something still differs, or has changed again meanwhile."
    : "What was chosen is kept, and not written yet.";
