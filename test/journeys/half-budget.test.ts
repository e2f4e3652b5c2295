import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { flow } from "../store/examples.ts";
import { emptyFolder } from "../support/bot.ts";
import { openBeforeSlowTool, slowTool } from "./slow-retry.ts";

/** `TIELINE_TEST_LETTERS=100000 npm run test:journeys -- test/journeys/half-budget.test.ts` tells how long they take. */
const letters = Number(process.env["TIELINE_TEST_LETTERS"] ?? "2000");
const allowed = 1000;

const limited = (text: string): string =>
  text.replace("{ calls: 1000000, per: 1s }", `{ calls: ${String(allowed)}, per: 1s }`);

/** The most calls that came within a span. */
const busiest = (at: readonly number[], spanMs: number): number => {
  let first = 0;
  return at.reduce((most, now, n) => {
    while ((at[first] ?? now) < now - spanMs) first += 1;
    return Math.max(most, n + 1 - first);
  }, 0);
};

test(`a retry of ${String(letters)} dead letters takes half of what each tool allows, and as long as its plan says`, async () => {
  using tool = await slowTool(0);
  await using folder = await emptyFolder();
  const { core } = await openBeforeSlowTool(folder.path, tool.url, { letters, manifest: limited });
  await using open = core;
  const by = { kind: "system" } as const;
  const plan = await open.perform("letters.plan", { flow }, by);
  // Each is read by itself, and a hundred are written together, both at half of what is allowed.
  const calls = { reads: letters, writes: Math.ceil(letters / 100) };
  expect(plan).toMatchObject({ records: letters, calls: calls.reads + calls.writes });
  expect(plan.minutes).toBe(Math.max(1, Math.ceil(letters / (allowed / 2) / 60)));

  const { run } = await open.perform("letters.retry", { flow }, by);
  const began = performance.now();
  // It lets go for a while where somebody else has the allowance.
  while (run !== null && (await open.engine.perform(run.id)).again !== null) await sleep(200);
  const seconds = (performance.now() - began) / 1000;

  expect(new Set(tool.written).size).toBe(letters);
  expect(tool.written).toHaveLength(letters);
  const { reads, writes } = tool.askedAt;
  console.log(`${letters} dead letters, planned as ${plan.calls} calls in ${plan.minutes} min: ${seconds.toFixed(1)} s, ${busiest(reads, 1000)} reads and ${busiest(writes, 1000)} writes in the busiest second`); // prettier-ignore
  // A twentieth may be left of the second before; and a busy machine brings in one second what left in two.
  const most = 3 * (allowed / 2) * 1.05;
  expect(busiest(reads, 2_800)).toBeLessThanOrEqual(most);
  expect(busiest(writes, 2_800)).toBeLessThanOrEqual(most);
}, 120_000 + letters * 10); // prettier-ignore
