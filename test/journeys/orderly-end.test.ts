import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startRuns } from "../../src/work.ts";
import { emptyFolder } from "../support/bot.ts";
import { answersAfterMs, openBeforeSlowTool, retryAll, slowTool, writtenIn } from "./slow-retry.ts";

test("one that ends hears what it has sent a slow tool, and begins nothing more", async () => {
  using tool = await slowTool();
  await using folder = await emptyFolder();
  const { core, open } = await openBeforeSlowTool(folder.path, tool.url);
  const run = await retryAll(core);
  await startRuns(core);
  while (tool.written.length < 15) await sleep(20);
  const began = performance.now();
  await core[Symbol.asyncDispose]();
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `ended within ${seconds.toFixed(1)} s, each answer taking ${answersAfterMs / 1000} s`,
  );
  const sent = tool.written.toSorted();
  expect(sent.length).toBeLessThan(50);

  await using next = await open();
  expect(await writtenIn(next)).toEqual(sent);
  expect((await next.store.runs.get(run))?.state.kind).toBe("waiting");
}, 120_000);
