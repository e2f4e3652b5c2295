import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { flowName, runId } from "#domain/ids.ts";
import type { Job } from "#domain/ports/queue.ts";
import type { Log } from "#domain/ports/world.ts";
import { openQueue, type Handlers, type OpenQueue } from "#queue/queue.ts";
import type { Handle } from "#queue/boss.ts";

const noted: string[] = [];
const note = (message: string, about?: Record<string, unknown>) =>
  void noted.push(`${message} ${String(about?.["error"] ?? "")}`);
export const log: Log = { info: note, warn: note, error: note };

let count = 0;
export const freshSchema = () => `jobs_${process.pid}_${++count}`;

/** Handlers that note what they were given, and do what `act` says. */
export function noting(act: (job: Job) => Promise<void> = async () => undefined) {
  const seen: Job[] = [];
  const handle = async (job: Job) => {
    seen.push(job);
    await act(job);
  };
  const handlers: Handlers = {
    ...{ run: handle, outbox: handle, schedule: handle, digest: handle },
    ...{ approval: handle, event: handle, expiry: handle, failures: handle, watch: handle },
    ...{ published: handle, deliver: handle },
  };
  return { seen, handlers };
}

export async function until(what: () => boolean, ms = 10_000): Promise<number> {
  const start = performance.now();
  while (!what()) {
    if (performance.now() - start > ms) throw new Error(`not within ${ms} ms: ${what.toString()}`);
    await sleep(2);
  }
  return performance.now() - start;
}

export function queueContract(handle: () => Promise<Handle>): void {
  const withQueue = async (use: (queue: OpenQueue) => Promise<void>, schema = freshSchema()) => {
    await using queue = await openQueue({ handle: await handle(), log, schema });
    await use(queue);
  };

  test.concurrent("a job begins at once, and what one does at a time another does after", () =>
    withQueue(async (queue) => {
      let atOnce = 0;
      let most = 0;
      const { seen, handlers } = noting(async () => {
        most = Math.max(most, ++atOnce);
        await sleep(300);
        atOnce -= 1;
      });
      await queue.work(handlers);
      await sleep(300);
      await queue.add({ kind: "outbox" });
      await until(() => seen.length === 1);
      await Promise.all(Array.from({ length: 5 }, () => queue.add({ kind: "outbox" })));
      await until(() => seen.length === 2);
      await sleep(1800);
      expect(seen).toEqual([{ kind: "outbox" }, { kind: "outbox" }]);
      expect(most).toBe(1);
    }),
  );

  test("an idle worker has a message to send within 50 milliseconds, mostly", () =>
    withQueue(async (queue) => {
      const { seen, handlers } = noting();
      await queue.work(handlers);
      await sleep(1500);
      const waits: number[] = [];
      for (let n = 1; n <= 7; n += 1) {
        await queue.add({ kind: "outbox" });
        waits.push(await until(() => seen.length === n));
        await sleep(400);
      }
      expect(waits.sort((a, b) => a - b)[3]).toBeLessThan(50);
    }));

  test.concurrent(
    "what waits for something to end is hastened, and nothing is made of nothing",
    () =>
      withQueue(async (queue) => {
        const { seen, handlers } = noting();
        const told: Job = { kind: "event", flow: flowName("told") };
        await queue.work(handlers);
        await queue.add(told, Temporal.Now.instant().add({ hours: 1 }));
        await queue.hasten({ kind: "event", flow: flowName("another") });
        await queue.hasten(told);
        await until(() => seen.length === 1);
        await queue.hasten(told);
        await sleep(1500);
        expect(seen).toEqual([told]);
      }),
  );

  test.concurrent("runs go side by side, and one that waits can be brought forward", () =>
    withQueue(async (queue) => {
      const { seen, handlers } = noting();
      const later = Temporal.Now.instant().add({ hours: 1 });
      await queue.add({ kind: "run", run: runId("a") }, later);
      await queue.add({ kind: "run", run: runId("b") }, Temporal.Now.instant().add({ seconds: 2 }));
      await queue.work(handlers);
      await sleep(1500);
      expect(seen).toEqual([]);
      await until(() => seen.length === 1);
      await queue.add({ kind: "run", run: runId("a") }, later.add({ hours: 1 }));
      await queue.add({ kind: "run", run: runId("a") });
      await until(() => seen.length === 2);
      expect(seen).toEqual(["b", "a"].map((run) => ({ kind: "run", run })));
    }),
  );

  test.concurrent("a job that fails is tried again", () =>
    withQueue(async (queue) => {
      const { seen, handlers } = noting(async () => {
        if (seen.length === 1) throw new Error("not yet");
      });
      await queue.work(handlers);
      await queue.add({ kind: "digest" });
      await until(() => seen.length === 2);
      expect(noted.join("\n")).toContain("a digest job failed and is tried again Error: not yet");
    }),
  );

  test.concurrent("a slot of a schedule is one job, and schedules are replaced as a whole", () =>
    withQueue(async (queue) => {
      const { seen, handlers } = noting();
      const often = flowName("often");
      const every = {
        job: { kind: "schedule", flow: often } as const,
        cron: "* * * * *",
        zone: "UTC",
      };
      const never = { ...every, job: { kind: "schedule", flow: flowName("never") } as const };
      await queue.schedule([never]);
      await queue.schedule([
        every,
        { job: { kind: "digest" }, cron: "0 9 29 2 *", zone: "Asia/Tokyo" },
      ]);
      await queue.work(handlers);
      await until(() => seen.length > 0, 15_000);
      await sleep(2000);
      expect(seen.slice(0, 2)).not.toContainEqual(never.job);
      expect(seen[0]).toEqual(every.job);
    }),
  );

  test.concurrent("a schedule that cannot be is refused with what is wrong", () =>
    withQueue(async (queue) => {
      const job = { kind: "digest" } as const;
      const wrong = (cron: string, zone = "UTC") => queue.schedule([{ job, cron, zone }]);
      await expect(wrong("daily")).rejects.toThrow("Write five fields");
      await expect(wrong("99 * * * *")).rejects.toThrow("not a schedule");
      await expect(wrong("0 9 * * *", "Paris")).rejects.toThrow("not a time zone");
    }),
  );
}
