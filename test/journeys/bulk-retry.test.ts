import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder } from "../support/bot.ts";
import { runChild } from "../support/child.ts";
import { startPostgres } from "../support/postgres-server.ts";

/** `TIELINE_TEST_LETTERS=100000 npm run test:long -- test/journeys/bulk-retry.test.ts` tells how long they take. */
const letters = process.env["TIELINE_TEST_LETTERS"] ?? "4000";
const kills = 2;
/** So long on a busy machine; on an idle one it is a tenth of it. */
const timeout = 180_000 + Number(letters) * 20;

const script = new URL("processes/bulk-retrying.ts", import.meta.url);

async function retryAndKill(url: string): Promise<void> {
  await using folder = await emptyFolder();
  const written = (): string[] => {
    try {
      return readFileSync(join(folder.path, "tool"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  };
  for (let killed = 0; killed < kills; killed += 1) {
    const before = written().length;
    await using child = runChild(script, [folder.path, url, letters]);
    await child.said("begun");
    while (written().length < before + Number(letters) / 10) await sleep(5);
    await child.kill();
    expect(written().length, "the kill came too late").toBeLessThan(Number(letters));
  }
  await using child = runChild(script, [folder.path, url, letters]);
  const over = JSON.parse((await child.said("over")).slice(5));
  console.log(`${letters} dead letters, killed ${kills} times, the rest:`, over);
  expect(over.open).toBe(0);
  expect(written()).toHaveLength(Number(letters));
  expect(new Set(written()).size).toBe(Number(letters));
}

test(
  `a retry of ${letters} dead letters that is killed writes each once, embedded`,
  () => retryAndKill(""),
  timeout,
);

test("the same on Postgres", { timeout }, async ({ skip }) => {
  await using server = await startPostgres();
  if (server === undefined) return skip();
  await retryAndKill(server.url);
});
