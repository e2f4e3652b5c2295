import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import type { DeadLetterId } from "#domain/ids.ts";
import { bulkOf, isOver, written, type Run } from "#domain/run.ts";
import { z } from "zod";
import { findRun } from "../find.ts";
import { runField } from "../input.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";

/** How many rows are looked at together. */
const together = 50;

export const lettersOutcome = operation("letters.outcome", {
  title: "Looking at what became of a retry",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ run: runField }),
  told: ({ run }) => ({ run }),

  async run({ run: id }, { world }) {
    const run = await findRun(world, id);
    const { work, state } = run;
    if (work.kind !== "retry") throw new Mistake("This run retried nothing.", { usage: true });
    const bulk = bulkOf(run);
    if (bulk !== null) return { ...ofBulk(run, bulk.taken), over: isOver(state) };
    const kinds = await statesOf(world, work.letters);
    const count = (kind: DeadLetter["state"]["kind"]) =>
      kinds.filter((found) => found === kind).length;
    return {
      retried: work.letters.length,
      written: count("written"),
      superseded: count("superseded"),
      deadLettered: count("open"),
      over: isOver(state),
    };
  },
});

/** Of very many the books of the run tell it. */
function ofBulk({ counts }: Run, retried: number) {
  const { deadLettered, unchanged } = counts;
  const arrived = written(counts) + unchanged;
  return {
    retried,
    written: arrived,
    deadLettered,
    superseded: Math.max(0, retried - arrived - deadLettered),
  };
}

async function statesOf({ letters }: World, ids: readonly DeadLetterId[]): Promise<string[]> {
  const kinds: string[] = [];
  for (let begin = 0; begin < ids.length; begin += together) {
    const found = await Promise.all(
      ids.slice(begin, begin + together).map((id) => letters.get(id)),
    );
    kinds.push(...found.map((letter) => letter?.state.kind ?? "gone"));
  }
  return kinds;
}
