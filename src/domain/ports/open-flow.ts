import type { Flow } from "../flow.ts";
import type { Spoke } from "../spoke.ts";
import type { Terms } from "./lane.ts";
import type { Ends, Target } from "./tools.ts";

/**
 * Both objects of a flow opened: the one read, the other written; in a two-way flow also the other way. For
 * a spoke of the hub with its source as it can be written; null where it can only be read.
 */
export type OpenFlow = (
  flow: Flow,
  terms?: Terms,
) => Promise<Ends & { back: Ends | null; spoke?: Spoke & { own: Target | null } }>;
