import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { watchBlocking } from "./blocking.ts";

function compute(ms: number): void {
  const { user, system } = process.threadCpuUsage();
  const until = user + system + ms * 1000;
  for (;;) {
    const now = process.threadCpuUsage();
    if (now.user + now.system > until) return;
  }
}

test("what is computed in one go is seen, and what gives way or only waits is not", async () => {
  const blocked = watchBlocking();
  await sleep(5);
  compute(300);
  await sleep(5);
  expect(blocked.end()).toBeGreaterThan(250);

  const kind = watchBlocking();
  for (let turn = 0; turn < 10; turn += 1) {
    compute(30);
    await sleep(2);
  }
  await sleep(300);
  expect(kind.end()).toBeLessThan(250);
});

test("a chain of promises is one go", async () => {
  const blocked = watchBlocking();
  await sleep(5);
  for (let link = 0; link < 10; link += 1) {
    compute(30);
    await Promise.resolve();
  }
  expect(blocked.end()).toBeGreaterThan(250);
});
