import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import { z } from "zod";
import { flowField, incidentField, line, optional } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation, type Asked } from "../operation.ts";
import type { World } from "../world.ts";
import { chosen, lettersField, scope, type Choice } from "./chosen.ts";
import { few } from "./contract.ts";
import { lookFirst } from "./in-doubt.ts";
import { noteAbout } from "./note.ts";
import { planFor } from "./plan.ts";
import { retryAll } from "./retry-all.ts";

export const lettersRetry = operation("letters.retry", {
  title: "Retrying dead letters",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    letters: optional(lettersField),
    incident: optional(incidentField),
    flow: optional(flowField),
    version: optional(z.int().min(1).describe("the number of a version")),
    channel: optional(line("a Slack channel")),
  }),
  told: (input) => input,

  async run({ version, channel, ...input }, asked) {
    const { world, by, at } = asked;
    const many = await retryMany(asked, input, { version, channel });
    if (many !== null) return many;
    const all = await chosen(world, input);
    const letters = input.letters === undefined ? all.filter(isCertain) : all;
    const before = all.length - letters.length;
    if (letters.length === 0 && before > 0) throw new Mistake(lookFirst(before));

    const flow = oneFlow(letters);
    if (flow !== null && version !== undefined) await demandVersion(world, flow, version);
    const open = letters.filter(({ state }) => state.kind === "open").map(({ id }) => id);
    // One that comes to be in doubt only now was looked for by nobody.
    const unsure = !letters.every(isCertain);
    const run =
      flow === null
        ? undefined
        : await world.runs.retry(flow, open, by, at, { as: version, unsure });
    const got = new Set<string>(run?.work.kind === "retry" ? run.work.letters : []);
    const { busy, doubtful } = await notTaken(asked, input, letters, got);
    const undecided = before + doubtful;
    if (run === undefined) return nothingTaken(busy, undecided);

    await world.queue.add({ kind: "run", run: run.id });
    const taken = letters.filter(({ id }) => got.has(id));
    const rest = undecided === 0 ? "" : `; ${leftOut(undecided)}`;
    await noteAbout(asked, taken, (records) => `Retrying ${records}${rest}`);
    return { run, taken: taken.length, busy, undecided };
  },
});

/** Null where they are few, or named one by one. */
async function retryMany(
  asked: Asked,
  choice: Choice,
  about: { version: number | undefined; channel: string | undefined },
) {
  if (!isAll(choice)) return null;
  const plan = await planFor(asked.world, choice);
  if (plan.records <= few) return null;
  if (about.version !== undefined) await demandVersion(asked.world, plan.flow, about.version);
  return retryAll(asked, plan, about);
}

const isAll = ({ letters, incident, flow }: Choice): boolean =>
  letters === undefined && (incident === undefined) !== (flow === undefined);

/** Sent again unseen, what may have been written already would be there twice. */
const isCertain = ({ problem }: DeadLetter): boolean => problem.class !== "ambiguous_write";

const leftOut = (count: number): string =>
  count === 1
    ? "1 that may have been written already is left out"
    : `${count} that may have been written already are left out`;

function oneFlow(letters: readonly DeadLetter[]): DeadLetter["flow"] | null {
  const flows = [...new Set(letters.map(({ flow }) => flow))];
  if (flows.length > 1)
    throw new Mistake(
      `These dead letters belong to ${listed(flows)}; retry those of one flow at a time.`,
      { usage: true },
    );
  return flows[0] ?? null;
}

async function demandVersion({ registry }: World, flow: FlowName, version: number): Promise<void> {
  if ((await registry.flow(flow, version)) === undefined)
    throw new Mistake(`There is no version ${version} of ${flow}.`, { usage: true });
}

type Busy = { id: string; by: string }[];

/** Those another retry holds, and how many are in doubt since they were read; what is settled already needs nobody. */
async function notTaken(
  { world }: Asked,
  choice: Choice,
  letters: readonly DeadLetter[],
  got: ReadonlySet<string>,
): Promise<{ busy: Busy; doubtful: number }> {
  const missed = letters.filter(({ id }) => !got.has(id));
  const now = await Promise.all(missed.map(({ id }) => world.letters.get(id)));
  const held = choice.letters === undefined ? await heldAlready(world, choice) : [];
  const busy = new Map<string, string>();
  for (const letter of [...now, ...held])
    if (letter?.state.kind === "retrying" && !got.has(letter.id))
      busy.set(letter.id, letter.state.by);
  const doubtful = now.filter(
    (letter, at) =>
      letter?.state.kind === "open" && !isCertain(letter) && isCertain(missed[at] ?? letter),
  );
  return { busy: [...busy].map(([id, by]) => ({ id, by })), doubtful: doubtful.length };
}

function nothingTaken(busy: Busy, undecided: number) {
  if (undecided > 0 && busy.length === 0) throw new Mistake(lookFirst(undecided));
  return { run: null, taken: 0, busy, undecided };
}

/** Of an incident or a flow the open ones are taken; a few of those that somebody took before say who. */
async function heldAlready(world: World, choice: Choice): Promise<readonly DeadLetter[]> {
  const where = await scope(world, choice);
  return world.letters.list({ ...where, states: ["retrying"], limit: 100 });
}
