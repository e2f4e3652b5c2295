import { expect, test } from "vitest";
import { overdue } from "./patience.ts";
import { planOf, troubles } from "./plan.ts";
import { play, type Played } from "./play.ts";
import { points } from "./points.ts";
import { openTroubled } from "./trouble.ts";

/** Thirty in all. */
const kills = { postgres: 26, embedded: 4 };
const seed = 1;

/** It takes about a minute; where others keep the processors busy, many times that. */
const timeout = 900_000;
const never = new AbortController().signal;
const silent = (): void => undefined;
const fine = ({ verdict }: Played): void => {
  expect(verdict.wrong).toEqual([]);
  expect(verdict).toMatchObject({ lost: 0, doubled: 0 });
  expect(verdict.records).toBeGreaterThan(100);
};

test.concurrent(
  "two workers on Postgres are killed at each point and at random, and Postgres with them",
  { timeout },
  async ({ skip }) => {
    await using postgres = await openTroubled();
    if (postgres === undefined) return skip("no Postgres on this machine");
    const played = await play(
      planOf(seed, kills.postgres, "postgres"),
      seed,
      postgres,
      never,
      silent,
    );
    fine(played);
    // Within 15 seconds, or more where others keep the processors busy.
    expect(overdue(played.waits)).toEqual([]);
    expect(played.tally.kills).toBeGreaterThanOrEqual(kills.postgres);
    expect(played.tally.freezes).toBe(1);
    expect(played.tally.drains).toHaveLength(1);
    expect(played.waits.takeOver.length).toBeGreaterThan(0);
    const beside = points.filter((point) => !point.endsWith(":during"));
    expect([...new Set(played.caught)]).toEqual(expect.arrayContaining(beside));
    const { done, impossible } = played.troubles;
    expect([...done, ...impossible].toSorted()).toEqual(troubles.toSorted());
  },
);

test.concurrent(
  "one worker with an embedded database is killed and started again",
  { timeout },
  async () => {
    const played = await play(planOf(seed, kills.embedded, "embedded"), seed, null, never, silent);
    fine(played);
    expect(played.tally.kills).toBeGreaterThanOrEqual(kills.embedded);
  },
);
