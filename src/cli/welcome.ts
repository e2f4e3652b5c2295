import type { Run } from "#domain/run.ts";
import type { FlowStatus } from "#operations/contract.ts";
import { runLine } from "./run-line.ts";
import { amount, table } from "./table.ts";

/** `connected`: whether the first start connects it. */
export type Simulated = { title: string; holds: string; url: string; connected: boolean };

/** What `tieline start` says first: what this is and what is there. */
export function welcome(version: string, simulated: readonly Simulated[] | null): string {
  if (simulated === null) return `Tieline ${version} · serving your Slack workspace`;
  const tools = simulated.filter(({ connected }) => connected);
  const others = simulated.filter(({ connected }) => !connected).map(({ title }) => title);
  return [
    `Tieline ${version} · everything around it is simulated`,
    ...table(tools.map(({ title, holds, url }) => [title, holds, url])),
    ...(others.length === 0 ? [] : [`To connect in Slack: ${others.join(", ")}`]),
  ].join("\n");
}

/** What became of the first run, and why where it failed. */
export const outcome = (run: Run): string =>
  run.state.kind === "failed" ? `${runLine(run)}\n  ${run.state.reason}` : runLine(run);

/** How a flow stands that did not run just now. */
export function standing({ flow, last, openLetters }: FlowStatus): string {
  if (last === null) return `· ${flow.name} has not run yet`;
  return openLetters > 0
    ? `● ${flow.name} · ${amount(openLetters)} need a hand`
    : `✓ ${flow.name} · nothing needs a hand`;
}
