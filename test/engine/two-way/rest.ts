import type { ConflictField } from "#domain/conflict.ts";
import { sameValue, type Value } from "#domain/fields.ts";
import { imbalance } from "#domain/run.ts";
import type { Pair } from "../../support/memory/pair.ts";
import type { Edits } from "./life.ts";

/**
 * What does not hold at rest: every pair is equal or a person is asked, nobody is there twice or alone, and
 * what was edited last is what both have, unless somebody decided otherwise.
 */
export function disagreements(
  pair: Pair,
  edits: Edits,
  decided: ReadonlySet<string>,
): readonly string[] {
  return [...wrongPairs(pair, edits, decided), ...wrongSides(pair), ...wrongBooks(pair)];
}

const fields = ["phone", "notes", "company_name", "email"] as const;

function wrongPairs(pair: Pair, edits: Edits, decided: ReadonlySet<string>): string[] {
  const letters = new Set(pair.letters("open").map(({ way, key }) => `${way} ${key}`));
  const asked = new Map(
    [...pair.memory.conflicts.values()]
      .filter(({ state }) => state.kind !== "settled")
      .map((conflict) => [conflict.key, conflict.fields]),
  );
  return [...pair.links().values()].flatMap(({ key, id }) => {
    const [left, right] = [pair.left.rows.get(key), pair.right.rows.get(id)];
    if (!left || !right || left.archived || right.archived) return [];
    if (letters.has(`there ${key}`) || letters.has(`back ${id}`)) return [];
    return fields.flatMap((field) => {
      const name = `${String(left.fields["currency"])} ${field}`;
      const values = { here: left.fields[field], there: right.fields[field] };
      const open = asked.get(key)?.[field];
      const found =
        open === undefined
          ? wrongAgreement(pair, field, values, decided.has(name) ? undefined : edits.get(name))
          : wrongQuestion(pair, field, values, open, edits.get(name));
      return found.map((what) => `${name} ${what}`);
    });
  });
}

type Values = { here: Value | undefined; there: Value | undefined };
type Edit = Edits extends Map<string, infer One> ? One | undefined : never;

function wrongQuestion(
  pair: Pair,
  field: string,
  { here, there }: Values,
  open: ConflictField,
  last: Edit,
): string[] {
  const untrue = !sameValue(open.source, here) || !sameValue(open.target, there);
  // After a crash nobody can tell a tool's own form of a value from somebody's change.
  const alone = last !== undefined && last.sides.size < 2 && !isCut(pair, field);
  return [
    ...(untrue ? ["is asked about, but not as it is"] : []),
    ...(alone ? ["is asked about, though it was edited on one side alone"] : []),
  ];
}

function wrongAgreement(pair: Pair, field: string, { here, there }: Values, last: Edit): string[] {
  const apart = !sameValue(here, there) && !isKeptAs(pair, field, here, there);
  const { twoWay } = pair.flow();
  const asks = (twoWay?.fields[field] ?? twoWay?.default) === "ask";
  const sure = asks && last !== undefined && last.value !== "either";
  const lost = sure && !sameValue(here, last.value) && !isKeptAs(pair, field, last.value, here);
  return [
    ...(apart ? [`is ${String(here)} on the left and ${String(there)} on the right`] : []),
    ...(lost ? [`is ${String(here)}, but was last made ${last.value}`] : []),
  ];
}

function wrongSides(pair: Pair): string[] {
  const wrong: string[] = [];
  const open = pair.letters("open");
  for (const [side, way] of [
    ["left", "there"],
    ["right", "back"],
  ] as const) {
    const linked = [...pair.links().values()].map(({ key, id }) => (side === "left" ? key : id));
    if (new Set(linked).size !== linked.length) wrong.push(`two links to one on the ${side}`);
    const live = pair[side].live();
    const names = Map.groupBy(live, ({ fields }) => String(fields["currency"]));
    for (const [name, all] of names)
      if (all.length > 1) wrong.push(`${name} is ${all.length} times on the ${side}`);
    for (const { id, fields } of live) {
      const letters = open.filter((letter) => letter.way === way && letter.key === id);
      if (letters.length > 1)
        wrong.push(`${String(fields["currency"])} has ${letters.length} letters`);
      if (!linked.includes(id) && letters.length === 0)
        wrong.push(`${String(fields["currency"])} is alone on the ${side}`);
    }
  }
  return wrong;
}

function wrongBooks(pair: Pair): string[] {
  const wrong: string[] = [];
  for (const { id, counts, state } of pair.memory.runs.values()) {
    if (imbalance(counts) !== 0) wrong.push(`the books of ${id} do not balance`);
    if (state.kind === "failed") wrong.push(`${id} failed: ${state.reason}`);
  }
  if (pair.memory.intents.length > 0) wrong.push("requests are left without an outcome");
  return wrong;
}

/** The tool keeps another form of what the other side has. */
const isKeptAs = (
  pair: Pair,
  field: string,
  here: Value | undefined,
  there: Value | undefined,
): boolean => here !== undefined && sameValue(pair.right.keeps({ [field]: here })[field], there);

const isCut = (pair: Pair, field: string): boolean => {
  const long = "long ".repeat(10);
  return pair.right.keeps({ [field]: long })[field] !== long;
};
