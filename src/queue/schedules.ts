import type { PgBoss } from "pg-boss";
import type { Queue } from "#domain/ports/queue.ts";
import { subject } from "./subject.ts";

type Entries = Parameters<Queue["schedule"]>[0];

/** Leaves those alone that stay as they are, so that none fires again for having been looked at. */
export async function replaceSchedules(boss: PgBoss, entries: Entries): Promise<void> {
  const wanted = new Map<string, Entries[number]>(
    entries.map((entry) => [`${entry.job.kind} ${subject(entry.job)}`, entry]),
  );
  for (const { name, key, cron, timezone } of await boss.getSchedules()) {
    const entry = wanted.get(`${name} ${key}`);
    if (entry === undefined) await boss.unschedule(name, key);
    else if (entry.cron === cron && entry.zone === timezone) wanted.delete(`${name} ${key}`);
  }
  for (const { job, cron, zone } of wanted.values()) {
    const singletonKey = subject(job);
    await boss.schedule(job.kind, cron, job, {
      tz: zone,
      key: singletonKey,
      singletonKey,
      missed: "once",
    });
  }
}
