import { expect } from "vitest";
import type { DeadLetter } from "#domain/dead-letter.ts";
import { imbalance, isOver, type Run } from "#domain/run.ts";
import type { Desk } from "./desk.ts";
import { earlier, isWaiting, type Letter, type Model } from "./model.ts";

const vain = [
  "changed at its source since it was corrected",
  "as its source has it, not as it was corrected",
];

const wordOf = (what: string): string => {
  if (vain.some((word) => what.includes(word))) return " in vain";
  return what === "Written as it was before it was corrected" ? ` ${earlier}` : "";
};

/** A dead letter as it is, in the words of the model. */
export const seen = ({ key, state, fields, edited, attempts, history }: DeadLetter): Letter => ({
  key,
  state: state.kind,
  content: String(fields["notes"]),
  edited: edited === null ? null : String(edited["notes"]),
  attempts,
  history: history.map(({ by, what }) => `${by}${wordOf(what)}`),
});

const sorted = <One>(all: Iterable<readonly [string, One]>): Record<string, One> =>
  Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));

/** That all is as expected: each dead letter, each record at the target, counts and books. */
export async function check(model: Model, desk: Desk): Promise<void> {
  const letters = await desk.letters();
  expect(sorted([...letters].map(([name, letter]) => [name, seen(letter)] as const))).toEqual(sorted(model.letters)); // prettier-ignore
  expect(sorted(desk.target.live().map(({ fields }) => [String(fields["name"]), fields["notes"]] as const))).toEqual(sorted(model.target)); // prettier-ignore
  const versions = desk.target.live().map(({ fields, version }) => [String(fields["name"]), Number(version)] as const); // prettier-ignore
  expect(sorted(versions), "how often each was written").toEqual(sorted(model.writes));
  const waiting = [...model.letters.values()].filter(isWaiting).length;
  const incidents = await desk.store.incidents.open(desk.flow.name);
  expect(
    incidents.reduce((sum, { open }) => sum + open, 0),
    "open in all incidents",
  ).toBe(waiting);
  expect(await desk.store.letters.count({ flow: desk.flow.name })).toBe(waiting);
  const runs = await desk.store.runs.list({ flow: desk.flow.name, limit: 500 });
  expect(runs.filter(isUnbalanced)).toEqual([]);
}

const isUnbalanced = ({ state, counts }: Run): boolean => isOver(state) && imbalance(counts) !== 0;
