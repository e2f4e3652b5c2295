import { expect, test } from "vitest";
import { playSideBySide } from "./side-by-side.ts";

/** Where others keep the processors busy it takes many times a minute. */
const timeout = 1_800_000;
const usual = { seed: 1, enough: new AbortController().signal, say: () => undefined };

test("one worker with an embedded database is killed and started again", { timeout }, async () => {
  const kills = 4;
  const played = await playSideBySide({ ...usual, kills, pairs: 1, database: "embedded" });
  expect(played?.verdict.wrong.join("\n")).toBe("");
  expect(played?.verdict).toMatchObject({ lost: 0, doubled: 0 });
  expect(played?.verdict.records).toBeGreaterThan(50);
  expect(played?.tally.kills).toBeGreaterThanOrEqual(kills);
});

test(
  "pairs of workers on Postgres are killed, stopped and cut off",
  { timeout },
  async ({ skip }) => {
    const kills = 36;
    // A machine that others use as well may stand still for a while, which its load does not tell.
    const played = await playSideBySide({ ...usual, kills, pairs: 3, database: "postgres", leniency: 2 }); // prettier-ignore
    if (played === undefined) return skip("There is no Postgres here");
    const { verdict, tally, caught, troubles, late } = played;
    expect(verdict.wrong.join("\n")).toBe("");
    expect(verdict).toMatchObject({ lost: 0, doubled: 0 });
    expect(late).toEqual([]);
    expect(tally.kills).toBeGreaterThanOrEqual(30);
    expect(tally).toMatchObject({ freezes: 1, drains: [expect.any(Number)] });
    expect(new Set(caught).size).toBeGreaterThan(20);
    expect(troubles.done.length + troubles.impossible.length).toBe(6);
  },
);
