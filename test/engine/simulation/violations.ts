import type { Fields } from "#domain/fields.ts";
import { imbalance } from "#domain/run.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { StoredLetter } from "../../support/memory/memory.ts";
import type { World } from "../../support/memory/world.ts";

/** What does not hold at rest: nothing lost, nothing twice, the books in order. */
export async function violations(world: World): Promise<readonly string[]> {
  const open = Map.groupBy(world.letters("open"), ({ key }) => key);
  const objects = Map.groupBy(world.target.live(), ({ fields }) => String(fields["company_name"]));
  const ofRecords = [...world.source.rows.keys()].flatMap((key) =>
    wrongWith(world, key, objects.get(key) ?? [], open.get(key) ?? []),
  );
  return [...ofRecords, ...(await wrongWithBooks(world))];
}

/** Exactly once at the target as the source has it, or exactly one open dead letter. */
function wrongWith(
  world: World,
  key: string,
  there: readonly TargetRecord[],
  letters: readonly StoredLetter[],
): string[] {
  const wrong: string[] = [];
  const fields = world.source.rows.get(key)?.fields ?? null;
  if (there.length > 1) wrong.push(`${key} is ${there.length} times at the target`);
  if (letters.length > 1) wrong.push(`${key} has ${letters.length} open dead letters`);
  if (fields === null) return wrong;

  const [letter] = letters;
  const inStep = isInStep(world, key, there[0], fields);
  // Of a write that may have happened nobody can say which of the two it is.
  const undecidable = letter?.problem.class === "ambiguous_write";
  if (!undecidable && inStep === (letter !== undefined))
    wrong.push(`${key} is ${inStep ? "both" : "neither"} written and a dead letter`);
  const bytes = JSON.stringify({ id: key, ...fields });
  if (letter !== undefined && new TextDecoder().decode(letter.raw) !== bytes)
    wrong.push(`${key} has old bytes in its letter`);
  return wrong;
}

const isInStep = (
  world: World,
  key: string,
  there: TargetRecord | undefined,
  fields: Fields,
): boolean =>
  there !== undefined &&
  world.links().get(key)?.id === there.id &&
  ["phone", "name", "email"].every((name) => there.fields[name] === fields[name]);

async function wrongWithBooks(world: World): Promise<string[]> {
  const wrong: string[] = [];
  const ids = [...world.links().values()].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) wrong.push("two records are linked to one");
  for (const run of await world.ports.runs.list({ limit: 100 })) {
    if (imbalance(run.counts) !== 0) wrong.push(`the books of ${run.id} do not balance`);
    if (run.state.kind === "failed") wrong.push(`${run.id} failed: ${run.state.reason}`);
  }
  if (world.memory.intents.length > 0) wrong.push("requests are left without an outcome");
  if (world.letters("retrying").length > 0) wrong.push("dead letters are left in a retry");
  return wrong;
}
