import { expect, test } from "vitest";
import { bugs } from "./bugs.ts";
import { live } from "./life.ts";

const seeds = Number(process.env["SEEDS"] ?? 400);
const first = Number(process.env["FIRST_SEED"] ?? 1);

test(`both sides come to rest equal, or with a question, in ${seeds} lives with faults and crashes`, async () => {
  const failed: string[] = [];
  for (let seed = first; seed < first + seeds && failed.length < 5; seed += 1) {
    const wrong = await live(seed);
    if (wrong.length > 0) failed.push(`seed ${seed}: ${wrong.join("; ")}`);
  }
  expect(failed).toEqual([]);
}, 120_000);

test.each(bugs)(
  "the lives find that $name",
  async (bug) => {
    for (let seed = 1; seed <= 300; seed += 1) if ((await live(seed, bug)).length > 0) return;
    throw new Error("300 lives, and nobody noticed");
  },
  60_000,
);
