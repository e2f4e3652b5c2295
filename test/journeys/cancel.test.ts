import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder } from "../support/bot.ts";
import { answersAfterMs, openBeforeSlowTool, retryAll, slowTool, writtenIn } from "./slow-retry.ts";

test("once a retry of a thousand dead letters at a slow tool is cancelled, it ends with what is under way", async () => {
  using tool = await slowTool();
  await using folder = await emptyFolder();
  const opened = await openBeforeSlowTool(folder.path, tool.url);
  await using core = opened.core;
  const run = await retryAll(core);
  const { store, engine, perform } = core;

  const performing = engine.perform(run);
  // One went first, then ten; of the next hundred some are under way, and the others wait for their turn.
  while (tool.written.length < 15) await sleep(20);
  const began = performance.now();
  await perform("runs.cancel", { run }, { kind: "system" });
  await performing;
  const seconds = (performance.now() - began) / 1000;
  console.log(`cancelled within ${seconds.toFixed(1)} s, each answer taking ${answersAfterMs / 1000} s`); // prettier-ignore
  expect((await store.runs.get(run))?.state.kind).toBe("cancelled");
  expect(await writtenIn(core)).toEqual(tool.written.toSorted());
  expect(new Set(tool.written).size).toBe(tool.written.length);
  // Eight calls go at a time: the rest of the hundred in hand would have taken half a minute.
  expect(tool.written.length).toBeLessThan(50);
}, 120_000);
