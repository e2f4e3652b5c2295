import { startHubspot } from "./hubspot/hubspot.ts";
import { startQuickbooks } from "./quickbooks/quickbooks.ts";
import type { StartTool } from "./simulated-tool.ts";

/** The simulated tools, by the name of their connector. */
export const tools = {
  hubspot: startHubspot,
  quickbooks: startQuickbooks,
} satisfies Record<string, StartTool>;
