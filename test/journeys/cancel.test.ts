import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { flow } from "../store/examples.ts";
import { emptyFolder } from "../support/bot.ts";
import { openBeforeSlowTool, retryAll, slowTool, writtenIn } from "./slow-retry.ts";

/** A retry of a thousand at such a tool, cancelled while it is at it. */
async function cancelled(folder: string, tool: Awaited<ReturnType<typeof slowTool>>) {
  const { core } = await openBeforeSlowTool(folder, tool.url);
  const run = await retryAll(core);
  const performing = core.engine.perform(run);
  // One went first, then ten; of the next hundred some are under way, and the others wait for their turn.
  while (tool.written.length < 15) await sleep(20);
  const began = performance.now();
  await core.perform("runs.cancel", { run }, { kind: "system" });
  await performing;
  const seconds = (performance.now() - began) / 1000;
  console.log(`cancelled within ${seconds.toFixed(1)} s`);
  expect((await core.store.runs.get(run))?.state.kind).toBe("cancelled");
  // Eight calls go at a time: the rest of the hundred in hand would have taken far longer.
  expect(tool.written.length).toBeLessThan(80);
  return { core, seconds };
}

test("once a retry of a thousand dead letters at a slow tool is cancelled, it ends with what is under way", async () => {
  using tool = await slowTool(1_000);
  await using folder = await emptyFolder();
  const { core } = await cancelled(folder.path, tool);
  await using _open = core;
  expect(await writtenIn(core)).toEqual(tool.written.toSorted());
  expect(new Set(tool.written).size).toBe(tool.written.length);
}, 120_000);

test("at a slower one it ends within seconds all the same, and what became of the rest is found out later", async () => {
  using tool = await slowTool(12_000);
  await using folder = await emptyFolder();
  const { core, seconds } = await cancelled(folder.path, tool);
  await using open = core;
  // Five, and room for a machine that has other things to do: what it was sent last is answered after twelve.
  expect(seconds).toBeLessThan(10);
  const sent = new Set(tool.written).size;
  const { store, engine } = open;
  expect(await store.ledger.links(flow)).toBeLessThan(sent);
  tool.hurry();
  const next = await store.runs.carryOut(flow, "U1", Temporal.Now.instant());
  expect((await engine.perform(next.id)).again).toBeNull();
  expect(await store.ledger.links(flow)).toBe(sent);
  const written = new Set(tool.written);
  expect(written.size).toBe(sent);
  expect((await writtenIn(core)).every((key) => written.has(key))).toBe(true);
}, 300_000);
