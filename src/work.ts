import { Mistake } from "#domain/errors.ts";
import { carryOutTheRest } from "#operations/approvals/carry-out.ts";
import { tellExpired } from "#operations/approvals/expired.ts";
import { tellEnding } from "#operations/connections/expiry.ts";
import { deliver } from "#operations/deliveries/deliver.ts";
import { forgetEvents } from "#operations/events/forget.ts";
import { handOut } from "#operations/events/hand-out.ts";
import { askForFailures } from "#operations/failures/ask.ts";
import { keepWatches, watchSoon } from "#operations/connections/watches.ts";
import { startOnEvent, wakeEventFlows } from "#operations/runs/start-on-event.ts";
import { wakeReaders } from "#operations/runs/wake-readers.ts";
import { reschedule } from "#operations/schedules.ts";
import type { OutboxSender } from "#slack/outbox/sender.ts";
import { clock, type Core } from "./core.ts";

const chance = { fraction: () => Math.random() };
const system = { kind: "system" } as const;

/** Lets this process carry runs out; what Slack is to be told waits for a process that talks to Slack. */
export async function startRuns({ queue, engine, store, world }: Core): Promise<void> {
  await queue.work({
    async run(job) {
      const { again, woken } = await engine.perform(job.run);
      for (const run of woken) await queue.add({ kind: "run", run });
      if (again !== null) return queue.add(job, again);
      await wakeReaders(world, job.run);
      // What came while it read, and waits for its end, waits no longer.
      const run = await store.runs.get(job.run);
      if (run === undefined) return;
      await queue.hasten({ kind: "event", flow: run.flow });
      // Nor do the other runs of the flow; or one that looks now and then may find it taken each time.
      for (const { id, flow } of await store.runs.unfinished())
        if (flow === run.flow) await queue.hasten({ kind: "run", run: id });
    },
  });
  // The rows are the truth: what a killed process left behind is taken up again.
  for (const run of await store.runs.unfinished()) await queue.add({ kind: "run", run: run.id });
}

/** Lets this process do all that the queue holds. */
export async function startWork(core: Core, sender: OutboxSender): Promise<void> {
  const { queue, perform, store, outbox } = core;
  await reschedule(core.world);
  await carryOutTheRest(core.world);
  await startRuns(core);
  await queue.work({
    async outbox(job) {
      const { again } = await sender.send();
      if (again !== null) await queue.add(job, again);
    },
    async event(job) {
      const again = await startOnEvent(core.world, job.flow, clock.now());
      if (again !== null) await queue.add(job, again);
    },
    async published(job) {
      const again = await handOut(core.world, clock.now());
      if (again !== null) await queue.add(job, again);
    },
    async deliver(job) {
      const again = await deliver({ ...core.world, clock, chance }, core.closing);
      if (again !== null) await queue.add(job, again);
    },
    async schedule({ flow }) {
      await perform("runs.start", { flow }, system).catch((error: unknown) => {
        // Paused or removed since: there is nothing to start, and nobody asked just now.
        if (!(error instanceof Mistake)) throw error;
      });
    },
    async digest() {
      const { digest } = await store.settings.get();
      const date = clock.now().toZonedDateTimeISO(digest.zone).toPlainDate().toString();
      await outbox.tell({ kind: "digest", date });
    },
    approval: ({ approval }) => tellExpired(core.world, approval),
    async expiry() {
      await tellEnding(core.world);
      await forgetEvents(core.world, clock.now());
    },
    failures: () => askForFailures(core.world),
    watch: () => keepWatches(core.world),
  });
  await queue.add({ kind: "outbox" });
  await wakeEventFlows(core.world);
  await queue.add({ kind: "published" });
  await queue.add({ kind: "deliver" });
  await queue.add({ kind: "failures" });
  await watchSoon(core.world);
}
