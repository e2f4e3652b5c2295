import type { Played } from "./play.ts";

const seconds = (ms: number | undefined): string => `${((ms ?? 0) / 1000).toFixed(1)} s`;

/** The share of the values that are no more than what is returned. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const countsOf = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => `${name} ${String(all.length)}`)
    .toSorted()
    .join(", ");

/** What was done and seen, for a person. */
export function reportOf(
  database: string,
  { tally, waits, caught, troubles, verdict, late }: Played & { late: readonly string[] },
): string {
  const spread = (values: readonly number[]): string =>
    `median ${seconds(quantile(values, 0.5))}, 99 of 100 within ${seconds(quantile(values, 0.99))}, longest ${seconds(quantile(values, 1))} (${String(values.length)})`; // prettier-ignore
  return [
    `${database}: ${String(tally.kills)} kills, ${String(caught.length)} of them at a point; ${String(verdict.lost)} lost, ${String(verdict.doubled)} doubled of ${String(verdict.records)} records`, // prettier-ignore
    `  another worker at work: ${spread(waits.work)}`,
    `  what the dead one had in hand taken over: ${spread(waits.takeOver)}`,
    `  ${String(tally.freezes)} freezes; orderly ends: ${spread(tally.drains)}`, // prettier-ignore
    `  Postgres: ${countsOf(troubles.done) || "no trouble"}${troubles.impossible.length === 0 ? "" : `; not possible here: ${troubles.impossible.join(", ")}`}`, // prettier-ignore
    `  ${String(tally.fell.length)} ended by themselves${tally.fell.length === 0 ? "" : `: ${[...new Set(tally.fell)].join(" | ").slice(0, 600)}`}`, // prettier-ignore
    `  ${String(verdict.runs)} runs, ${String(verdict.letters)} open dead letters, ${String(verdict.events)} events`,
    `  ${countsOf(caught)}`,
    ...[...verdict.failed].map(([reason, n]) => `  ${String(n)} runs failed: ${reason}`),
    ...[...verdict.wrong, ...late].map((sentence) => `  WRONG: ${sentence}`),
  ].join("\n");
}
