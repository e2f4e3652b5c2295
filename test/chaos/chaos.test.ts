import { expect, test } from "vitest";
import { planOf } from "./plan.ts";
import { play } from "./play.ts";

const kills = 4;
const seed = 1;

/** Where others keep the processors busy it takes many times a minute. */
const timeout = 900_000;
const never = new AbortController().signal;
const silent = (): void => undefined;

test("one worker with an embedded database is killed and started again", { timeout }, async () => {
  const { verdict, tally } = await play(planOf(seed, kills, "embedded"), seed, null, never, silent);
  expect(verdict.wrong).toEqual([]);
  expect(verdict).toMatchObject({ lost: 0, doubled: 0 });
  expect(verdict.records).toBeGreaterThan(100);
  expect(tally.kills).toBeGreaterThanOrEqual(kills);
});
