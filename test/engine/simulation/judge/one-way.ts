import type { Flow } from "#domain/flow.ts";
import type { StoredLetter } from "../../../support/memory/memory.ts";
import type { World } from "../world.ts";
import { isExplained } from "./explained.ts";
import {
  compared,
  linksOf,
  recordsAt,
  referred,
  same,
  type Seen,
  wantedBy,
  wantedField,
} from "./views.ts";

/** What is wrong between the two ends of a flow: each record is there once and as it should, or a dead letter. */
export function oneWay(world: World, flow: Flow): string[] {
  const letters = Map.groupBy(
    [...world.memory.letters.values()].filter((letter) => letter.flow === flow.name),
    ({ key }) => key,
  );
  const there = Map.groupBy(
    recordsAt(world, flow.to).filter(({ gone }) => !gone),
    ({ tag }) => tag,
  );
  const wanted = wantedBy(world, flow);
  return [
    ...wanted.flatMap((record) =>
      wrongWith(world, flow, record, there.get(record.tag) ?? [], letters.get(record.id) ?? []).map(
        (what) => `${flow.name}: ${record.tag} (${record.id}) ${what}`,
      ),
    ),
    ...wrongTargets(world, flow, wanted, [...there.values()].flat()),
  ];
}

function wrongWith(
  world: World,
  flow: Flow,
  record: Seen,
  there: readonly Seen[],
  all: readonly StoredLetter[],
): string[] {
  // prettier-ignore
  const wrong: string[] = [];
  const letters = all.filter(({ state }) => state.kind === "open");
  const [letter] = letters;
  if (there.length > 1) wrong.push(`is ${String(there.length)} times at the target`);
  if (letters.length > 1) wrong.push(`has ${String(letters.length)} open dead letters`);
  if (record.gone)
    return letter === undefined ? [...wrong, ...wrongGone(world, flow, record)] : wrong;

  const inStep = isInStep(world, flow, record, there[0], all);
  if (letter !== undefined) return [...wrong, ...wrongLetter(world, flow, record, letter, inStep)];
  if (!inStep && !isDiscarded(record, all))
    wrong.push(`is neither written nor a dead letter: ${stateOf(world, flow, record, there[0], all)}`); // prettier-ignore
  return wrong;
}

function wrongLetter(
  world: World,
  flow: Flow,
  record: Seen,
  letter: StoredLetter,
  inStep: boolean,
): string[] {
  // prettier-ignore
  const { problem, raw } = letter;
  const wrong: string[] = [];
  // Of a write that may have happened nobody can say which of the two it is.
  const undecidable = problem.class === "ambiguous_write";
  if (inStep && !undecidable && !isOwed(world, flow, letter))
    wrong.push("is both written and a dead letter");
  if (!isExplained(world, flow, record, letter))
    wrong.push(`is a dead letter for no reason: ${problem.class} ${String(problem.code)} ${problem.message}`); // prettier-ignore
  if (flow.convert === null && !undecidable && new TextDecoder().decode(raw) !== record.raw)
    wrong.push("has other bytes in its dead letter than the source has");
  return wrong;
}

/**
 * What a crash left was found in a form of the tool's own, so that it may be somebody else's until it is
 * written over; and that waits for what the record refers to, which was taken away meanwhile.
 */
const isOwed = (world: World, flow: Flow, { key, problem }: StoredLetter): boolean =>
  problem.class === "missing_reference" && linksOf(world, flow).get(key)?.hash === "";

const stateOf = (
  world: World,
  flow: Flow,
  record: Seen,
  there: Seen | undefined,
  all: readonly StoredLetter[],
): string =>
  // prettier-ignore
  JSON.stringify({
    source: record.fields,
    target: there?.fields ?? null,
    link: linksOf(world, flow).get(record.id) ?? null,
    letters: all.map(({ state, problem }) => [state.kind, problem.code]),
  });

/** A flow that takes deletes along leaves nothing of a record behind. */
function wrongGone(world: World, flow: Flow, { id }: Seen): string[] {
  if (flow.deletes === "ignore") return [];
  return linksOf(world, flow).has(id) ? ["is gone at the source and still linked"] : [];
}

/** What a person corrected stands for what the source says, as long as that is the same. */
function isInStep(
  world: World,
  flow: Flow,
  record: Seen,
  there: Seen | undefined,
  all: readonly StoredLetter[],
): boolean {
  // prettier-ignore
  const link = linksOf(world, flow).get(record.id);
  if (there === undefined || link?.id !== there.id) return false;
  const corrected = all.find(
    ({ state, edited, hash, fields }) =>
      state.kind === "written" && edited !== null && hash === link.hash && isOf(fields, record),
  );
  const fields = { ...record.fields, ...correctedOnes(corrected?.edited ?? {}) };
  return compared[flow.to.object as keyof typeof compared].every(
    (name) =>
    (name === "customer" && isNowhere(world, fields[name])) || same(there.fields[name], wantedField(world, flow, fields, name)), // prettier-ignore
  );
}

/** What a record refers to was taken away: then it goes on saying what it said. */
const isNowhere = (world: World, customer: unknown): boolean =>
  typeof customer !== "string" || referred(world, customer) === null;

const isOf = (refused: object, { fields }: Seen): boolean =>
  Object.entries(refused).every(([name, value]) => !texts.has(name) || same(value, fields[name]));
const texts = new Set(["name", "notes", "website", "currency"]);

/** A reference stands in a dead letter as the source has it. */
const correctedOnes = (edited: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(edited).filter(([name]) => name === "name" || name === "notes"),
  );

const isDiscarded = ({ fields }: Seen, all: readonly StoredLetter[]): boolean =>
  all.some(
    ({ state, fields: refused }) =>
      state.kind === "discarded" &&
      ["name", "notes", "title", "path"].every((name) => !(name in refused) || same(refused[name], fields[name])), // prettier-ignore
  );

/** Nobody is at the target without a link, unless nobody can tell whose it is. */
function wrongTargets(
  world: World,
  flow: Flow,
  wanted: readonly Seen[],
  there: readonly Seen[],
): string[] {
  // prettier-ignore
  if (world.plan.books.repeat === "nothing") return [];
  const linked = new Set([...linksOf(world, flow).values()].map(({ id }) => id));
  // What waits as a dead letter may be there all the same: it is found when it is mended.
  const waiting = new Set([...world.memory.letters.values()].filter(({ state }) => state.kind === "open").map(({ key }) => key)); // prettier-ignore
  const known = new Set(
    wanted.filter(({ gone, id }) => !gone && !waiting.has(id)).map(({ tag }) => tag),
  );
  return there
    .filter(({ id, tag }) => !linked.has(id) && known.has(tag))
    .map(
      ({ id, tag }) => `${flow.name}: ${tag} is at the target as ${id}, and nobody is linked to it`,
    );
}
