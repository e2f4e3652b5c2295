import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RunId } from "#domain/ids.ts";
import { isOver } from "#domain/run.ts";
import { startRuns } from "../../src/work.ts";
import { flow } from "../store/examples.ts";
import { emptyFolder } from "../support/bot.ts";
import { openBeforeSlowTool, slowTool } from "./slow-retry.ts";

test("a run that found its flow taken begins when the one before it ends", async () => {
  using tool = await slowTool();
  await using folder = await emptyFolder();
  const opened = await openBeforeSlowTool(folder.path, tool.url);
  await using core = opened.core;
  const { store } = core;
  const [first, second] = await store.letters.list({ flow, states: ["open"], limit: 2 });
  const runs: RunId[] = [];
  for (const letter of [first, second]) {
    const run = await store.runs.retry(flow, letter ? [letter.id] : [], "U1", Temporal.Now.instant()); // prettier-ignore
    runs.push(run?.id ?? expect.fail("there is nothing to retry"));
  }
  await startRuns(core);
  const ended = async () => {
    const now = await Promise.all(runs.map((run) => store.runs.get(run)));
    return now.flatMap((run) => (run !== undefined && isOver(run.state) ? run : []));
  };
  while ((await ended()).length < 2) await sleep(50);
  const [before, after] = (await ended()).toSorted((a, b) =>
    Temporal.Instant.compare(a.startedAt ?? a.queuedAt, b.startedAt ?? b.queuedAt),
  );
  const gap = before?.endedAt?.until(after?.startedAt ?? expect.fail("it never began"));
  expect(gap?.total("seconds")).toBeLessThan(1.5);
}, 120_000);
