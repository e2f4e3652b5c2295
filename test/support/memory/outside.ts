import type { Clock } from "#domain/ports/world.ts";
import { memoryHints } from "./hints.ts";
import { memoryHooks, memorySubscriptions } from "./hooks.ts";
import { memoryInbox } from "./inbox.ts";

/** What those outside send us and ask of us, in memory. */
export const memoryOutside = (clock: Pick<Clock, "now">) => ({
  inbox: memoryInbox(() => clock.now()),
  hints: memoryHints(),
  hooks: memoryHooks(),
  subscriptions: memorySubscriptions(),
});
