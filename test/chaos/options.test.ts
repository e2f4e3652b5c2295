import { expect, test } from "vitest";
import { optionsOf } from "./options.ts";
import { planOf, sharesOf, troubles } from "./plan.ts";
import { points } from "./points.ts";

test("what is not said is usual", () => {
  const usual = { kills: 30, seed: 1, pairs: 1, databases: ["postgres", "embedded"] };
  expect(optionsOf([])).toEqual(usual);
  const given = ["--kills", "1000", "--seed", "7", "--pairs", "4", "--only", "embedded"];
  expect(optionsOf(given)).toEqual({
    kills: 1000,
    seed: 7,
    pairs: 4,
    databases: ["embedded"],
  });
});

test.each([
  [["--kills", "0"], "--kills must be a whole number from 1 to 100000."],
  [["--kills", "many"], "--kills must be a whole number from 1 to 100000."],
  [["--seed", "16777216"], "--seed must be a whole number from 1 to 16777215."],
  [["--pairs", "17"], "--pairs must be a whole number from 1 to 16."],
  [["--only", "mysql"], "--only must be embedded or postgres."],
  [["--hard"], "That is not an option here: npm run chaos -- "],
])("%j is answered in one sentence", (argv, sentence) => {
  expect(() => optionsOf(argv)).toThrow(sentence);
});

test("a seed says how everybody ends", () => {
  expect(planOf(7, 60, "postgres")).toEqual(planOf(7, 60, "postgres"));
  expect(planOf(7, 60, "postgres")).not.toEqual(planOf(8, 60, "postgres"));
});

test("what is shared out is what one would do alone", () => {
  const alone = planOf(7, 60, "postgres");
  const shares = sharesOf(alone, 4);
  expect(shares.map(({ endings }) => endings.length)).toEqual([16, 16, 15, 15]);
  for (const part of ["endings", "troubles"] as const)
    expect(
      shares
        .flatMap((share): readonly unknown[] => share[part])
        .map(String)
        .toSorted(),
    ).toEqual(alone[part].map(String).toSorted());
});

test("a thousand kills come at every point, at random, and with every trouble", () => {
  const { endings, troubles: planned } = planOf(1, 1000, "postgres");
  const kinds = Map.groupBy(endings, ({ kind }) => kind);
  const traps = endings.flatMap((ending) => (ending.kind === "trap" ? ending.trap.point : []));
  for (const point of points)
    expect(traps.filter((one) => one === point).length, point).toBeGreaterThanOrEqual(25);
  expect(traps.length + (kinds.get("random")?.length ?? 0)).toBe(1000);
  for (const kind of ["freeze", "drain"] as const)
    expect(kinds.get(kind)?.length ?? 0).toBeGreaterThanOrEqual(15);
  for (const trouble of troubles)
    expect(planned.filter((one) => one === trouble).length).toBeGreaterThanOrEqual(15);
});
