import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { seen } from "./check.ts";
import { as, correct, discard, retry, type Click } from "./clicks.ts";
import { adoptRuns, command, type Command } from "./command.ts";
import type { Desk } from "./desk.ts";
import { ann, bob, letterOf, named, type Model } from "./model.ts";

export const kinds = ["correct", "discard", "retry"] as const;
type Kind = (typeof kinds)[number];

const isDone = (said: string): boolean => ["kept", "retrying", "discarded 1"].includes(said);

/** Two people click at the same time: what comes of it is what comes of one after the other. */
export const both = (pick: number, one: Kind, other: Kind): Command =>
  command(`${one} and ${other} of ${String(pick)} at once`, async (model, desk) => {
    const letter = named(model, pick);
    for (const by of [ann, bob]) await open(model, desk, by, letter);
    const clicks = [clickOf(one, ann, model, letter), clickOf(other, bob, model, letter)];
    const said = await desk.togetherDo(() => clicks.map((click) => click.act(desk)));
    const orders = [clicks, clicks.toReversed()].map((order) => {
      const then = structuredClone(model);
      const expected = new Map(order.map((click) => [click, click.expect(then)]));
      return { then, done: clicks.map((click) => isDone(expected.get(click) ?? "")) };
    });
    const now = (await desk.letters()).get(letter);
    const real = orders.find(
      ({ then, done }) =>
        isDeepStrictEqual(done, said.map(isDone)) &&
        now !== undefined &&
        isDeepStrictEqual(seen(now), letterOf(then, letter)),
    );
    expect({ said, asOneAfterTheOther: real !== undefined }).toEqual({ said, asOneAfterTheOther: true }); // prettier-ignore
    Object.assign(model, real?.then);
    adoptRuns(model, desk);
  });

/** Has the letter before them as it is now. */
export async function open(model: Model, desk: Desk, by: string, letter: string): Promise<void> {
  const id = (await desk.letters()).get(letter)?.id ?? "";
  const { version } = (await desk.perform("letters.show", { letter: id }, as(by))).letter;
  desk.forms.set(by, { id, version });
  model.forms.set(by, { letter, seen: letterOf(model, letter).history.length });
}

function clickOf(kind: Kind, by: string, model: Model, letter: string): Click {
  switch (kind) {
    case "correct":
      return correct(by, `good ${String((model.count += 1))}`, letter);
    case "discard":
      return discard(by, letter);
    case "retry":
      return retry(by, letter);
    default:
      return kind satisfies never;
  }
}
