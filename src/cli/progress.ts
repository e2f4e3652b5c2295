import { written, type Run } from "#domain/run.ts";
import { amount } from "./table.ts";
import type { Room } from "./verb.ts";

const cells = 20;

/** Shows how a run gets on: one line redrawn on a terminal, else a line whenever it waits or goes on. */
export function makeProgress({ isTTY, columns, note, print }: Room): {
  seen(run: Run): void;
  clear(): void;
} {
  let shown = "";
  const redraw = (line: string): void => {
    if (line !== shown) print(`\r\u001b[2K${line.slice(0, Math.max(20, columns - 1))}`);
    shown = line;
  };

  return {
    seen(run) {
      if (isTTY) redraw(barOf(run));
      else {
        const line = run.state.kind === "waiting" ? waitingText(run.state) : "";
        if (line !== shown && line !== "") note(line);
        shown = line;
      }
    },
    clear() {
      if (isTTY && shown !== "") print("\r\u001b[2K");
      shown = "";
    },
  };
}

function barOf({ state, counts, total }: Run): string {
  if (state.kind === "queued") return "Queued";
  if (state.kind === "waiting") return waitingText(state);
  if (state.kind === "paused") return `Paused by ${state.by}`;
  const share = total === null || total === 0 ? null : Math.min(1, counts.read / total);
  const bar = share === null ? "" : `${"▓".repeat(Math.round(share * cells)).padEnd(cells, "░")}  `;
  const of = total === null ? "" : ` of about ${amount(Math.max(total, counts.read))}`;
  const parts = [`${amount(counts.read)}${of}`, `${amount(written(counts))} written`];
  if (counts.deadLettered > 0) parts.push(`${amount(counts.deadLettered)} need a hand`);
  return bar + parts.join(" · ");
}

const waitingText = ({ reason, until }: Extract<Run["state"], { kind: "waiting" }>): string =>
  `Waiting until ${until.toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainTime().toString({ smallestUnit: "second" })}: ${reason}`;
