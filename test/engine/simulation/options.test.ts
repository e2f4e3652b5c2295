import { expect, test } from "vitest";
import { optionsIn } from "./options.ts";

test("a run of the simulation is told how many seeds, from which on, and with which bug", () => {
  expect(optionsIn([])).toEqual({ first: 1, seeds: 2000, bug: null, trace: false, workers: null });
  expect(optionsIn(["--workers", "2"])).toMatchObject({ workers: 2 });
  expect(optionsIn(["--seed", "7"])).toMatchObject({ first: 7, seeds: 1 });
  expect(optionsIn(["--seeds", "10", "--bug", "no-fencing"])).toMatchObject({
    seeds: 10,
    bug: { name: "no-fencing" },
  });
});

test.each([
  [
    ["--seeds", "0"],
    "--seeds 0 is too many or none; a whole number from 1 to 16777215 is accepted.",
  ],
  [
    ["--seeds", "many"],
    "--seeds many is too many or none; a whole number from 1 to 16777215 is accepted.",
  ],
  [
    ["--seed", "16777216"],
    "--seed 16777216 is none; a whole number from 1 to 16777215 is accepted.",
  ],
  [
    ["--seed", "16777215", "--seeds", "2"],
    "--seeds 2 is too many or none; a whole number from 1 to 1 is accepted.",
  ],
  [
    ["--workers", "65"],
    "--workers 65 is too many or none; a whole number from 1 to 64 is accepted.",
  ],
  [
    ["--workers", "2", "--trace"],
    "With --bug or --trace lives are lived one after the other; --workers 1 is accepted.",
  ],
  [
    ["--lives", "3"],
    "Unknown option '--lives'; --seeds N, --seed S, --workers W, --bug NAME and --trace are accepted.",
  ],
])("%s is answered in one sentence", (args, sentence) => {
  expect(optionsIn(args)).toBe(sentence);
});

test("a bug that there is not is answered with those that there are", () => {
  expect(optionsIn(["--bug", "none"])).toMatch(
    /^There is no bug none; there are checkpoint-first, /,
  );
});
