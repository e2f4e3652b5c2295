import { imbalance, isOver } from "#domain/run.ts";
import type { StoredRun } from "../../../support/memory/memory.ts";
import { noted } from "../faults/matrix.ts";
import type { World } from "../world.ts";
import { aroundTheHub } from "./around-the-hub.ts";
import { bothSides } from "./both-sides.ts";
import { oneWay } from "./one-way.ts";

/** What does not hold at rest: nothing lost, nothing twice, the books in order, nothing in doubt. */
export function judge(world: World): string[] {
  const flows = [...world.memory.flows.values()];
  return [
    ...(world.plan.topology === "spokes"
      ? aroundTheHub(world)
      : flows.flatMap((flow) => (flow.twoWay === null ? oneWay(world, flow) : bothSides(world)))),
    ...wrongBooks(world),
    ...wrongSignIns(world),
  ];
}

function wrongBooks(world: World): string[] {
  const { memory } = world;
  const wrong = [...memory.runs.values()].flatMap((run) => wrongRun(world, run));
  if (memory.intents.length > 0) wrong.push("requests are left without an outcome");
  for (const { id, state } of memory.letters.values())
    if (state.kind === "retrying") wrong.push(`${id} is left in a retry`);
  for (const { name } of memory.flows.values()) {
    const ids = [...(memory.links.get(name)?.values() ?? [])].map(({ id }) => id);
    if (new Set(ids).size !== ids.length) wrong.push(`${name} links two records to one`);
  }
  return wrong;
}

function wrongRun(world: World, { id, counts, state, work }: StoredRun): string[] {
  const { memory, over, coverage } = world;
  // prettier-ignore
  for (const letter of work.kind === "retry" ? work.letters : [])
    if (memory.letters.get(letter)?.state.kind === "superseded") noted(coverage, "Q4.superseded");
  const wrong: string[] = [];
  if (imbalance(counts) !== 0) wrong.push(`the books of ${id} do not balance`);
  if ((over.get(id) ?? JSON.stringify(counts)) !== JSON.stringify(counts)) wrong.push(`${id} was changed after it was over`); // prettier-ignore
  if (!isOver(state)) wrong.push(`${id} is left ${state.kind}`);
  if (!mayFail(world, state))
    wrong.push(`${id} failed: ${state.kind === "failed" ? state.reason : ""}`);
  return wrong;
}

function mayFail({ plan, weather }: World, state: StoredRun["state"]): boolean {
  if (state.kind !== "failed" || isAPersons(state.reason)) return true;
  return (plan.storeRate > 0 || weather.store.wasReadOnly) && isOurs(state.reason);
}

/** What is said where the store was lost. */
const isOurs = (reason: string): boolean => reason.startsWith("Something went wrong on our side");

/** What pauses a flow until a person has seen to it. 401: a credential renewed just now is not taken either. */
const isAPersons = (reason: string): boolean =>
  /S403|answered 401|not now|sign-in|refused \d+ of|back and forth|accepted|refuses to list/i.test(
    reason,
  );

function wrongSignIns({ outside, staff, store }: World): string[] {
  return Object.values(outside.places).flatMap(({ tool, signIn }) => {
    if (signIn.reused.length === 0 || store.vaults.isTorn(tool.name)) return [];
    // Whoever died with the new one in hand leaves only the old one behind.
    return staff.deaths() === 0 ? [`a refresh token of ${tool.name} was used twice`] : [];
  });
}
