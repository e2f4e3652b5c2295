import { Mistake } from "#domain/errors.ts";
import { isOver, type Run } from "#domain/run.ts";
import { z } from "zod";
import { findFlow, findRun } from "../find.ts";
import { flowField } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import { settle, tell } from "../tell.ts";

export const runsCancel = operation("runs.cancel", {
  title: "Cancelling a run",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, asked) {
    const { world, by, at } = asked;
    const flow = await findFlow(world, name);
    const stopped: Run[] = [];
    for (const run of await world.runs.unfinished()) {
      if (run.flow !== flow.name || !(await world.runs.cancel(run.id, by, at))) continue;
      stopped.push(await afterCancel(run, asked));
    }
    const shown = stopped.find(({ work }) => work.kind === "sync") ?? stopped[0];
    if (shown === undefined) throw new Mistake(`Nothing is running or waiting for ${flow.name}.`);
    return shown;
  },
});

/** The run as it is now; what a retry can never try now is open again, and its card says so. */
async function afterCancel({ id }: Run, { world, by, at }: Asked): Promise<Run> {
  const run = await findRun(world, id);
  if (run.work.kind === "retry" && isOver(run.state)) await settle(world, run.flow, by, at);
  if (run.channel !== null) await tell(world, [{ kind: "run", id }]);
  return run;
}
