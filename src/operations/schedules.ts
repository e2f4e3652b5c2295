import type { Flow, Trigger } from "#domain/flow.ts";
import type { Job } from "#domain/ports/queue.ts";
import type { Settings } from "#domain/ports/settings.ts";
import { nextTime } from "./cron.ts";
import { hourlyCron, readsHourly } from "./flows/told.ts";
import type { World } from "./world.ts";

/** Gives the queue the schedules of all flows that are on, and of what we do by ourselves. Also for the start. */
export async function reschedule({
  registry,
  settings,
  tools,
  queue,
}: Pick<World, "registry" | "settings" | "tools" | "queue">): Promise<void> {
  const [flows, connections, { digest }] = await Promise.all([
    registry.flows(),
    registry.connections(),
    settings.get(),
  ]);
  const connectorOf = new Map(connections.map(({ name, connector }) => [name, connector]));
  const hooksOf = ({ from }: Flow) =>
    tools.facts(connectorOf.get(from.connection) ?? from.connection)?.hooks;
  const entries: { job: Job; cron: string; zone: string }[] = [];
  for (const flow of flows.filter(({ state }) => state.kind === "on")) {
    const { name, trigger } = flow;
    const job = { kind: "schedule", flow: name } as const;
    if (trigger.kind === "cron") entries.push({ job, cron: trigger.cron, zone: trigger.zone });
    // What no webhook told is found by reading.
    else if (readsHourly(flow, hooksOf(flow)))
      entries.push({ job, cron: hourlyCron(name), zone: "UTC" });
  }
  if (digest.on)
    entries.push({ job: { kind: "digest" }, cron: dailyCron(digest), zone: digest.zone });
  // Where a process ended before it said that there is something to be handed out.
  entries.push({ job: { kind: "published" }, cron: "* * * * *", zone: "UTC" });
  entries.push({ job: { kind: "expiry" }, cron: "11 */6 * * *", zone: "UTC" });
  entries.push({ job: { kind: "failures" }, cron: "*/5 * * * *", zone: "UTC" });
  entries.push({ job: { kind: "watch" }, cron: "23 * * * *", zone: "UTC" });
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
