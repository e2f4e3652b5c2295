import { isOver, written, type Run } from "#domain/run.ts";
import { amount, duration } from "./table.ts";

/** What became of a run, in one line: "✓ Done  customers-to-books · 500 read · …". */
export function runLine(run: Run): string {
  const { flow, counts, state } = run;
  if (!isOver(state)) return `… Under way  ${flow}`;
  const numbers = [
    `${amount(counts.read)} read`,
    `${amount(written(counts))} written`,
    `${amount(counts.unchanged)} unchanged`,
    ...(counts.filtered > 0 ? [`${amount(counts.filtered)} left out`] : []),
    ...(counts.held > 0 ? [`${amount(counts.held)} held`] : []),
    ...(counts.deadLettered > 0 ? [`${amount(counts.deadLettered)} need a hand`] : []),
    duration(secondsOf(run)),
  ];
  return `${heads[state.kind]}  ${flow} · ${numbers.join(" · ")}`;
}

/** How long a run has worked; 0 until it is over. */
export const secondsOf = ({ startedAt, queuedAt, endedAt }: Run): number =>
  endedAt === null ? 0 : endedAt.since(startedAt ?? queuedAt).total("seconds");

const heads = { done: "✓ Done", failed: "✗ Failed", cancelled: "■ Cancelled" } as const;
