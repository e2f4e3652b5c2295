import type { Connection } from "#domain/connection.ts";
import { resume } from "../flows/resume.ts";
import { queueRun } from "../runs/queue-run.ts";
import type { World } from "../world.ts";

/** Flows that stopped for want of this credential go on, and their incidents close. */
export async function signedInAgain(
  world: World,
  { name }: Pick<Connection, "name">,
  by: string,
): Promise<void> {
  const at = world.clock.now();
  for (const flow of await world.registry.flows()) {
    const uses = flow.from.connection === name || flow.to.connection === name;
    if (!uses || flow.state.kind !== "paused" || flow.state.held) continue;
    const open = await world.incidents.open(flow.name);
    const waited = open.some(
      ({ subject }) => subject.kind === "systemic" && subject.error === "SignInAgain",
    );
    if (!waited || !(await resume(flow, { world, by, at }))) continue;
    const work = { kind: "sync", full: false, approved: null } as const;
    const trigger = { kind: "person", by } as const;
    await queueRun(world, { flow: flow.name, trigger, work, channel: null }, at);
  }
}
