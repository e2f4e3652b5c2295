import type { Failure } from "#domain/failure.ts";
import type { ConnectionName } from "#domain/ids.ts";
import { tellIncidents } from "../tell.ts";
import type { World } from "../world.ts";

/** Keeps what a tool told of failures there, and has their cards follow. Durable before it resolves. */
export async function reportFailures(
  world: World,
  connection: ConnectionName,
  failures: readonly Failure[],
  others: "stay" | "are_over",
): Promise<void> {
  if (failures.length === 0 && others === "stay") return;
  const about = { at: world.clock.now(), others };
  await tellIncidents(world, await world.failures.report(connection, failures, about));
}
