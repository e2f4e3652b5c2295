import type fc from "fast-check";
import { expect } from "vitest";
import { check } from "./check.ts";
import type { Click } from "./clicks.ts";
import type { Desk } from "./desk.ts";
import type { Model } from "./model.ts";

/** A command that is always possible; all is compared after each. */
export type Command = fc.AsyncCommand<Model, Desk>;
export const command = (
  name: string,
  run: (model: Model, desk: Desk) => Promise<void>,
): Command => ({
  check: () => true,
  async run(model, desk) {
    desk.clock.pass(1_000);
    await run(model, desk);
    await check(model, desk);
  },
  toString: () => name,
});

export async function click(model: Model, desk: Desk, one: Click): Promise<void> {
  const before = desk.told.length;
  const expected = one.expect(model);
  expect(await one.act(desk)).toBe(expected);
  adoptRuns(model, desk);
  if (expected === "retrying" || expected === "discarded 1") expect(desk.told.length, "the card of the incident follows").toBeGreaterThan(before); // prettier-ignore
}

/** The run that is new gets its id. */
export function adoptRuns(model: Model, { queue }: Desk): void {
  const known = new Set(model.runs.map(({ id }) => id));
  for (const job of queue.jobs)
    if (job.kind === "run" && !known.has(job.run)) {
      const nameless = model.runs.find(({ id }) => id === "");
      if (nameless !== undefined) nameless.id = job.run;
    }
}
