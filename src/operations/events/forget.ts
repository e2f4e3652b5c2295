import type { World } from "../world.ts";

/** Events and what became of them are known for so long. */
export const keptHours = 30 * 24;

/** Forgets what happened before that, and what came of telling it. */
export const forgetEvents = (
  { events }: Pick<World, "events">,
  at: Temporal.Instant,
): Promise<void> => events.forget(at.subtract({ hours: keptHours }));
