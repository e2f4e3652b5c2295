import type { Trigger } from "#domain/flow.ts";
import type { Job } from "#domain/ports/queue.ts";
import type { Settings } from "#domain/ports/settings.ts";
import { nextTime } from "./cron.ts";
import type { World } from "./world.ts";

/** Gives the queue the schedules of all flows that are on, and of what we do by ourselves. Also for the start. */
export async function reschedule({
  registry,
  settings,
  queue,
}: Pick<World, "registry" | "settings" | "queue">): Promise<void> {
  const [flows, { digest }] = await Promise.all([registry.flows(), settings.get()]);
  const entries: { job: Job; cron: string; zone: string }[] = [];
  for (const { name, trigger, state } of flows)
    if (trigger.kind === "cron" && state.kind === "on")
      entries.push({
        job: { kind: "schedule", flow: name },
        cron: trigger.cron,
        zone: trigger.zone,
      });
  if (digest.on)
    entries.push({ job: { kind: "digest" }, cron: dailyCron(digest), zone: digest.zone });
  entries.push({ job: { kind: "expiry" }, cron: "11 */6 * * *", zone: "UTC" });
  entries.push({ job: { kind: "failures" }, cron: "*/5 * * * *", zone: "UTC" });
  await queue.schedule(entries);
}

/** "07:30" as a schedule of every day. */
const dailyCron = ({ time }: Settings["digest"]): string => {
  const [hour = "0", minute = "0"] = time.split(":");
  return `${Number(minute)} ${Number(hour)} * * *`;
};

/** When a trigger starts a run next; null for one started by hand. */
export const nextStart = (trigger: Trigger, now: Temporal.Instant): Temporal.Instant | null =>
  trigger.kind === "cron" ? nextTime(trigger.cron, trigger.zone, now) : null;
