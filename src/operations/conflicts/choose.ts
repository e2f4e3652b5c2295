import type { Conflict } from "#domain/conflict.ts";
import { Mistake } from "#domain/errors.ts";
import type { Side } from "#domain/truth.ts";
import { z } from "zod";
import { saveVersion } from "../flows/change.ts";
import { whatChanged } from "../flows/what-changed.ts";
import { findFlow, unknown } from "../find.ts";
import { optional } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import { demand } from "../roles.ts";
import { tell } from "../tell.ts";
import { whenText, whoText } from "../when.ts";
import { conflictField, conflictView, findConflict } from "./view.ts";

const side = z.enum(["source", "target"]).describe("source or target");
type Choices = Readonly<Record<string, Side>>;

export const conflictsChoose = operation("conflicts.choose", {
  title: "Deciding a conflict",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    conflict: conflictField,
    version: z.int().min(1).describe("the version of the conflict that was looked at"),
    choices: optional(z.record(z.string(), side).describe("fields with source or target")),
    all: optional(side),
    always: optional(z.array(z.string().max(100)).max(100).describe("names of fields")),
  }),
  told: ({ conflict, choices, all, always }) => ({ conflict, choices, all, always }),

  async run({ conflict: id, version, choices = {}, all, always = [] }, asked) {
    const { world, by, at } = asked;
    const conflict = await findConflict(world, id);
    if (conflict.version !== version || conflict.state.kind === "settled")
      throw new Mistake(overtaken(conflict));
    const chosen = chosenIn(conflict, choices, all);
    await keepRules(conflict, chosen, always, asked);
    if (!(await world.conflicts.choose(conflict.id, version, chosen, by, at)))
      throw new Mistake(overtaken(await findConflict(world, id)));
    await decideAlike(conflict, chosen, always, asked);
    const run = await world.runs.carryOut(conflict.flow, by, at);
    await world.queue.add({ kind: "run", run: run.id });
    await tell(world, [{ kind: "conflicts", flow: conflict.flow }]);
    return { conflict: await conflictView(world, await findConflict(world, id)), run };
  },
});

function chosenIn({ fields }: Conflict, choices: Choices, all: Side | undefined): Choices {
  const names = Object.keys(fields);
  for (const name of Object.keys(choices))
    if (!names.includes(name)) throw unknown("field in this conflict", name, names);
  const every = all === undefined ? {} : Object.fromEntries(names.map((name) => [name, all]));
  const chosen = { ...every, ...choices };
  if (Object.keys(chosen).length > 0) return chosen;
  throw new Mistake("Nothing was chosen: say for a field, or for all, whether the source or the target counts.", { usage: true }); // prettier-ignore
}

/** "Always this side for this field" is a version more of the flow. */
async function keepRules(
  { flow: name }: Conflict,
  chosen: Choices,
  always: readonly string[],
  asked: Asked,
): Promise<void> {
  if (always.length === 0) return;
  await demand(asked.world, "Changing what a flow always does", "admin", asked.role);
  const flow = await findFlow(asked.world, name);
  const { state: _state, version: _version, ...plan } = flow;
  if (plan.twoWay === null) throw new Mistake(`${name} does not go both ways any more.`);
  const rules = always.map((field): [string, Side] => {
    const of = chosen[field];
    if (of === undefined) throw unknown("field chosen here", field, Object.keys(chosen));
    return [field, of];
  });
  const fields = { ...plan.twoWay.fields, ...Object.fromEntries(rules) };
  const next = { ...plan, twoWay: { ...plan.twoWay, fields } };
  await saveVersion(flow, next, whatChanged(plan, next), asked);
}

const most = 1000;

/** What is always so is so for the others that are open about the same field. */
async function decideAlike(
  { id, flow }: Conflict,
  chosen: Choices,
  always: readonly string[],
  { world, by, at }: Asked,
): Promise<void> {
  if (always.length === 0) return;
  for (const other of await world.conflicts.list({ flow, limit: most })) {
    const fields = always.filter((field) => other.id !== id && Object.hasOwn(other.fields, field));
    const alike = Object.fromEntries(
      fields.flatMap((field): [string, Side][] => {
        const side = chosen[field];
        return side === undefined ? [] : [[field, side]];
      }),
    );
    // One that has changed at this moment is decided by the rule when it is read.
    if (fields.length > 0) await world.conflicts.choose(other.id, other.version, alike, by, at);
  }
}

/** What has happened since it was looked at. */
export function overtaken({ state }: Conflict): string {
  switch (state.kind) {
    case "settled":
      if (state.why === "one_way")
        return `Nobody has to decide it any more: its flow goes one way since ${whoText(state.by)} changed it, ${whenText(state.at)}, and its source counts. Nothing of yours was kept.`;
      return `Both sides agree already: it was settled by ${whoText(state.by)}, ${whenText(state.at)}. Nothing was changed.`;
    case "chosen":
      return `${whoText(state.by)} has decided it, ${whenText(state.at)}, and it is being written. Nothing of yours was kept.`;
    case "open":
      return "One of the sides has changed since you looked, so nothing was written. Look at it again, then choose.";
    default:
      return state satisfies never;
  }
}
