import type { StoredLetter } from "../../../support/memory/memory.ts";
import type { World } from "../world.ts";
import { referred } from "./views.ts";

/**
 * What must not be left to people or to another read: what waits for a record that has arrived, and what a
 * tool that was down or slow did not take.
 */
export function early(world: World): string[] {
  const open = [...world.memory.letters.values()].filter(({ state }) => state.kind === "open");
  return open.flatMap((letter) => [...unwoken(world, letter), ...systemic(letter)]);
}

function unwoken(world: World, { id, key, problem, fields }: StoredLetter): string[] {
  // A retry that lost its store has failed, and the next one is up to people.
  if (world.plan.storeRate > 0 || world.weather.store.wasReadOnly) return [];
  // Somebody cancelled the retry that it was woken for, or the tool wants a person: from then on it is theirs.
  if (wasLeft(world, id)) return [];
  const customer = fields["customer"];
  const has = typeof customer === "string" && referred(world, customer) !== null;
  return problem.class === "missing_reference" && has ? [`${key} waits for ${customer}, which has arrived`] : []; // prettier-ignore
}

const wasLeft = ({ memory }: World, id: StoredLetter["id"]): boolean =>
  [...memory.runs.values()].some(
    ({ state, work }) => (state.kind === "cancelled" || state.kind === "failed") && work.kind === "retry" && work.letters.includes(id), // prettier-ignore
  );

/** Nothing of it says anything about the record. */
const systemic = ({ key, problem }: StoredLetter): string[] =>
  problem.class === "rejected" && !refusals.has(problem.code ?? "") && !plain.has(problem.code ?? "") ? [`${key} is a dead letter for ${String(problem.code)} ${problem.message}`] : []; // prettier-ignore

/** A refusal of which only the status arrived. */
const plain: ReadonlySet<string> = new Set(["HTTP_422", "HTTP_409", "HTTP_404"]);

const refusals: ReadonlySet<string> = new Set(["6240", "UNKNOWN_FIELD"]);
