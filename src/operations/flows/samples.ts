import { isSystemic, Mistake } from "#domain/errors.ts";
import { endText, type Flow } from "#domain/flow.ts";
import type { Sampled } from "#domain/ports/engine.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { readEnds } from "../workspace/ends.ts";
import { knownNow } from "../workspace/known.ts";
import type { World } from "../world.ts";
import { moveOf } from "./moves.ts";

const shown = 3;
const patienceMs = 20_000;

export const flowsSamples = operation("flows.samples", {
  title: "Looking at a flow's fields with records",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, { world }) {
    const flow = await findFlow(world, name);
    const { between, faults } = readEnds(endsIn(flow), await knownNow(world, []));
    if (between === null) throw new Mistake(`${flow.name}: ${faults[0]?.message ?? ""}.`);
    const { entity } = between;
    const [from, to] = [between.from.object, between.to.object];
    const { records, problem } = await read(world, flow);
    return {
      flow,
      titles: { from: between.from.title, to: between.to.title },
      objects: { from, to },
      moves: to.fields.map((field) => moveOf(field, flow, from, entity)),
      records: records.map(({ key, source, target }) => ({
        title: entity.title(entity.complete(source)) ?? key,
        source: entity.complete(source),
        target,
      })),
      problem,
    };
  },
});

/** With a conversion its source is what that makes of the records there. */
const endsIn = ({ from, to, convert }: Flow) => ({
  from: endText(from),
  to: endText(to),
  ...(convert === null ? {} : { convert }),
});

/** A tool that does not answer keeps nobody from looking at the fields. */
async function read(
  { engine }: World,
  flow: Flow,
): Promise<{ records: readonly Sampled[]; problem: string | null }> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return { records: await engine.sample(flow, shown, patience), problem: null };
  } catch (error) {
    if (isSystemic(error)) return { records: [], problem: error.message };
    if (!patience.aborted) throw error;
    return { records: [], problem: `It did not answer within ${patienceMs / 1000} seconds.` };
  }
}
