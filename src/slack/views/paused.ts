import type { Run } from "#domain/run.ts";
import { mrkdwn, type Markup } from "../text/markup.ts";

/** What pausing a flow did; `stopped` are the runs it had, which end with it. */
export const paused = (flow: string, stopped: readonly Run[]): Markup =>
  mrkdwn`*${flow}* is paused${stoppedToo(stopped)}. \`/sync resume ${flow}\` lets it run again; nothing is lost meanwhile.`;

function stoppedToo(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  return runs.some(({ state }) => state.kind === "running")
    ? "; what runs stops at the end of the page in hand"
    : "; what waited to run is cancelled";
}
