import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { flowField, incidentField, optional } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation, type Asked } from "../operation.ts";
import { queueRun } from "../runs/queue-run.ts";
import { chosen, lettersField } from "./chosen.ts";
import { noteAbout } from "./note.ts";

export const lettersRetry = operation("letters.retry", {
  title: "Retrying dead letters",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    letters: optional(lettersField),
    incident: optional(incidentField),
    flow: optional(flowField),
  }),
  told: (input) => input,

  async run(input, asked) {
    const { world, by, at } = asked;
    const letters = await chosen(world, input);
    const flow = oneFlow(letters);

    const open = letters.filter(({ state }) => state.kind === "open").map(({ id }) => id);
    const taken = open.length === 0 ? [] : await world.letters.take(open, by, at);
    const got = new Set<string>(taken.map(({ id }) => id));
    const busy = await beingRetried(asked, letters, got);
    if (taken.length === 0 || flow === null) return { run: null, taken: 0, busy };

    const run = await queueRetry(asked, flow, taken);
    await noteAbout(asked, taken, (count) => `Retrying ${count}`);
    return { run, taken: taken.length, busy };
  },
});

function oneFlow(letters: readonly DeadLetter[]): DeadLetter["flow"] | null {
  const flows = [...new Set(letters.map(({ flow }) => flow))];
  if (flows.length > 1)
    throw new Mistake(
      `These dead letters belong to ${listed(flows)}; retry those of one flow at a time.`,
      { usage: true },
    );
  return flows[0] ?? null;
}

/** Those another retry holds; what is settled already needs nobody. */
async function beingRetried(
  { world }: Asked,
  letters: readonly DeadLetter[],
  got: ReadonlySet<string>,
): Promise<{ id: string; by: string }[]> {
  const busy: { id: string; by: string }[] = [];
  for (const { id } of letters) {
    if (got.has(id)) continue;
    const now = await world.letters.get(id);
    if (now?.state.kind === "retrying") busy.push({ id, by: now.state.by });
  }
  return busy;
}

/** Nothing stays taken for a run that could not be queued. */
async function queueRetry(
  { world, by, at }: Asked,
  flow: DeadLetter["flow"],
  taken: readonly DeadLetter[],
) {
  const letters = taken.map(({ id }) => id);
  const work = { kind: "retry", letters } as const;
  try {
    const trigger = { kind: "person", by } as const;
    return (await queueRun(world, { flow, trigger, work, channel: null }, at)).run;
  } catch (error) {
    await world.letters.release(letters, { at, by, what: "The retry could not be queued" });
    throw error;
  }
}
