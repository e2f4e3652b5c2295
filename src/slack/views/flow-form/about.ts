import type { EventType } from "#domain/event.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { FlowEnd } from "#operations/contract.ts";
import type { Target } from "./begin.ts";

/** What the second page is about: a flow that is made, or one that is there. */
export type RulesAbout = {
  name: string;
  origin: FlowEnd;
  to: Target;
  /** Null for one that is made. */
  flow: (FlowPlan & { version: number }) | null;
  /** What other flows tell, and it may start on. */
  /** References whose records another flow brings from the one connection to the other. */
  pullable: readonly string[];
  published: readonly EventType[];
  zone: string;
  /** Who asks, to be its owner unless somebody else is chosen. */
  asker: string | null;
};
