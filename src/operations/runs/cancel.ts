import { Mistake } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import { isOver, type Run } from "#domain/run.ts";
import { z } from "zod";
import { findFlow, findRun } from "../find.ts";
import { flowField, optional, runField } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import { settle, tell } from "../tell.ts";

export const runsCancel = operation("runs.cancel", {
  title: "Cancelling a run",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: optional(flowField), run: optional(runField) }),
  told: (input) => input,

  async run({ flow: name = "", run: id }, asked) {
    if (id !== undefined) return cancelOne(await findRun(asked.world, id), asked);
    const flow = await findFlow(asked.world, name);
    const stopped = await cancelAll(flow.name, asked);
    const shown = stopped.find(({ work }) => work.kind === "sync") ?? stopped[0];
    if (shown === undefined) throw new Mistake(`Nothing is running or waiting for ${flow.name}.`);
    return shown;
  },
});

async function cancelOne(run: Run, asked: Asked): Promise<Run> {
  if (!(await asked.world.runs.cancel(run.id, asked.by, asked.at)))
    throw new Mistake("This is over already, so there is nothing to cancel.");
  return afterCancel(run, asked);
}

/** Cancels every sync and retry of a flow; one that is running ends after the page in hand. */
export async function cancelAll(flow: FlowName, asked: Asked): Promise<readonly Run[]> {
  const { world, by, at } = asked;
  const stopped: Run[] = [];
  for (const run of await world.runs.unfinished())
    if (run.flow === flow && (await world.runs.cancel(run.id, by, at)))
      stopped.push(await afterCancel(run, asked));
  return stopped;
}

/** The run as it is now; what a retry can never try now is open again, and its card says so. */
async function afterCancel({ id }: Run, { world, by, at }: Asked): Promise<Run> {
  const run = await findRun(world, id);
  if (run.work.kind === "retry" && isOver(run.state)) await settle(world, run.flow, by, at);
  if (run.channel !== null) await tell(world, [{ kind: "run", id }]);
  return run;
}
