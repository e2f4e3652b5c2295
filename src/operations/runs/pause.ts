import { Mistake } from "#domain/errors.ts";
import { bulkOf, isOver } from "#domain/run.ts";
import { z } from "zod";
import { findRun } from "../find.ts";
import { runField } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import { tell, tellIncidents } from "../tell.ts";

export const runsPause = operation("runs.pause", {
  title: "Pausing a retry",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ run: runField }),
  told: ({ run }) => ({ run }),

  async run({ run: id }, asked) {
    const { world, by } = asked;
    const run = await findRun(world, id);
    if (bulkOf(run) === null)
      throw new Mistake("Only a retry of many records can be paused; this one can be cancelled.");
    if (!(await world.runs.pause(run.id, by))) {
      throw new Mistake(
        isOver(run.state) ? "This retry is over." : "This retry is paused already.",
      );
    }
    return changed(run.id, asked);
  },
});

export const runsGoOn = operation("runs.go-on", {
  title: "Going on with a retry",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ run: runField }),
  told: ({ run }) => ({ run }),

  async run({ run: id }, asked) {
    const { world } = asked;
    const run = await findRun(world, id);
    if (!(await world.runs.resume(run.id)))
      throw new Mistake(isOver(run.state) ? "This retry is over." : "This retry is not paused.");
    await world.queue.add({ kind: "run", run: run.id });
    return changed(run.id, asked);
  },
});

/** The run as it is now, which every card about it says. */
async function changed(id: string, { world }: Asked) {
  const run = await findRun(world, id);
  if (run.channel !== null) await tell(world, [{ kind: "run", id: run.id }]);
  await tellIncidents(world, await world.incidents.open(run.flow));
  return run;
}
