import type { Incident } from "#domain/incident.ts";
import type { FlowName } from "#domain/ids.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import type { World } from "./world.ts";

/** Asks for these subjects to be told in Slack, and wakes who tells them. */
export async function tell(
  { outbox, queue }: Pick<World, "outbox" | "queue">,
  subjects: readonly Subject[],
): Promise<void> {
  for (const subject of subjects) await outbox.tell(subject);
  if (subjects.length > 0) await queue.add({ kind: "outbox" });
}

export const tellIncidents = (world: World, incidents: readonly Incident[]): Promise<void> =>
  tell(
    world,
    incidents.map(({ id }) => ({ kind: "incident", id })),
  );

/** Brings a flow's incidents in line with its dead letters, and Slack with its incidents. */
export async function settle(
  world: World,
  flow: FlowName,
  by: string,
  at: Temporal.Instant,
): Promise<void> {
  await tellIncidents(world, await world.incidents.settle(flow, by, at));
}
