import type { RunbookPart } from "./contract.ts";
import type { FlowFacts } from "./facts.ts";

/** How it went, in numbers. */
export function monthParts({ figures, status }: FlowFacts): RunbookPart[] {
  const open = status.openLetters;
  const now = {
    kind: "text",
    text: `Now: ${open === 0 ? "nothing needs a hand" : `${of(open, "record")} need${open === 1 ? "s" : ""} a hand`}, ${of(status.incidents.length, "open incident")}.`,
  } as const;
  if (figures === null) return [{ kind: "text", text: "It did not run." }, now];
  const { runs, failedRuns, records, written, deadLettered, medianMs, p95Ms } = figures;
  const through =
    records === 0 ? 100 : Math.floor(((records - deadLettered) / records) * 1000) / 10;
  return [
    {
      kind: "list",
      items: [
        `${of(runs, "run")}, ${failedRuns === 0 ? "none failed" : `${failedRuns} failed`}`,
        `${of(records, "record")} read, ${count(written)} written`,
        `${through} % went through; ${count(deadLettered)} were set aside`,
        ...(medianMs === null ? [] : [`Half of the runs took less than ${seconds(medianMs)}`]),
        ...(p95Ms === null ? [] : [`19 of 20 took less than ${seconds(p95Ms)}`]),
      ],
    },
    now,
  ];
}

const count = (number: number): string => number.toLocaleString("en-US");
const of = (number: number, what: string): string =>
  `${count(number)} ${what}${number === 1 ? "" : "s"}`;
const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.max(0.1, Math.round(ms / 100) / 10)} s` : `${Math.round(ms / 60_000)} min`;
