import { isOver, written, type Run } from "#domain/run.ts";
import type { FlowStatus } from "#operations/contract.ts";
import { amount, duration, table } from "./table.ts";

export type Simulated = { title: string; holds: string; url: string };

/** What `tieline start` says first: what this is and what is there. */
export function welcome(version: string, simulated: readonly Simulated[] | null): string {
  if (simulated === null) return `Tieline ${version} · serving your Slack workspace`;
  const tools = simulated.map(({ title, holds, url }) => [title, holds, url]);
  return [`Tieline ${version} · everything around it is simulated`, ...table(tools)].join("\n");
}

/** What became of a run, in one line. */
export function outcome({ flow, counts, state, startedAt, queuedAt, endedAt }: Run): string {
  if (!isOver(state)) return `… Under way  ${flow}`;
  const seconds = (endedAt ?? queuedAt).since(startedAt ?? queuedAt).total("seconds");
  const numbers = [
    `${amount(counts.read)} read`,
    `${amount(written(counts))} written`,
    `${amount(counts.unchanged)} unchanged`,
    ...(counts.deadLettered > 0 ? [`${amount(counts.deadLettered)} need a hand`] : []),
    duration(seconds),
  ];
  const head = { done: "✓ Done", failed: "✗ Failed", cancelled: "■ Cancelled" }[state.kind];
  const why = state.kind === "failed" ? `\n  ${state.reason}` : "";
  return `${head}  ${flow} · ${numbers.join(" · ")}${why}`;
}

/** How a flow stands that did not run just now. */
export function standing({ flow, last, openLetters }: FlowStatus): string {
  if (last === null) return `· ${flow.name} has not run yet`;
  return openLetters > 0
    ? `● ${flow.name} · ${amount(openLetters)} need a hand`
    : `✓ ${flow.name} · nothing needs a hand`;
}
