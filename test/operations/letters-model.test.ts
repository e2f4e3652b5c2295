import fc from "fast-check";
import { expect, test } from "vitest";
import { withStore, type Store } from "../support/with-store.ts";
import { commands } from "./letters-model/commands.ts";
import { openDesk } from "./letters-model/desk.ts";
import { firstModel } from "./letters-model/model.ts";

const runs = Number(process.env["MODEL_RUNS"] ?? 80);
const embeddedRuns = Number(process.env["MODEL_EMBEDDED_RUNS"] ?? 2);
const seed = Number(process.env["MODEL_SEED"] ?? Date.now() % 1_000_000);

/** Two people at dead letters while runs go and records change, against a model of a few lines. */
const story = (
  numRuns: number,
  maxCommands: number,
  within: (use: (store: Store | null) => Promise<void>) => Promise<void>,
) =>
  // prettier-ignore
  fc.assert(
    fc.asyncProperty(fc.commands([...commands], { maxCommands, size: "max" }), fc.scheduler(), fc.constantFrom("request_id", "lookup"), (cmds, scheduler, repeat) =>
      within(async (store) => {
        const real = await openDesk(store, scheduler, repeat);
        await fc.asyncModelRun(() => ({ model: firstModel(repeat), real }), cmds);
      }),
    ),
    { numRuns, seed, endOnFailure: process.env["MODEL_SHRINK"] === undefined },
  );

test(`what two people do with dead letters is as the model says (MODEL_SEED=${String(seed)})`, async () => {
  await story(runs, 40, (use) => use(null));
}, 7_200_000);

test("the same on the embedded database", async () => {
  await story(embeddedRuns, 15, (use) => withStore((store) => use(store)));
  expect(embeddedRuns).toBeGreaterThan(0);
}, 7_200_000);
