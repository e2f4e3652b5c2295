import type { FlowName } from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import type { Run } from "#domain/run.ts";
import type { Ports } from "./ports.ts";

const progressEveryMs = 3_000;
const incidentsEveryMs = 10_000;

/** Tells Slack, through the outbox, how a run gets on and what it has found. */
export type Telling = {
  started(): Promise<void>;
  /** After each page; `letters` is how many dead letters it had. */
  stored(letters: number): Promise<void>;
  /** Once it is over or waits; safe to repeat. */
  ended(): Promise<void>;
  incidents(changed: readonly Incident[]): Promise<void>;
};

export function makeTelling(
  ports: Pick<Ports, "outbox" | "incidents" | "clock">,
  run: Pick<Run, "id" | "channel"> & { flow: FlowName },
  by: string,
): Telling {
  const { outbox, clock } = ports;
  let toldProgress = clock.now();
  let settled: Temporal.Instant | null = null;

  const progress = async (): Promise<void> => {
    toldProgress = clock.now();
    if (run.channel !== null) await outbox.tell({ kind: "run", id: run.id });
  };
  const incidents = async (changed: readonly Incident[]): Promise<void> => {
    for (const { id } of changed) await outbox.tell({ kind: "incident", id });
  };
  const settle = async (): Promise<void> => {
    settled = clock.now();
    await incidents(await ports.incidents.settle(run.flow, by, settled));
  };
  const passed = (since: Temporal.Instant, ms: number): boolean =>
    clock.now().since(since).total("milliseconds") >= ms;

  return {
    incidents,
    started: progress,
    async stored(letters) {
      if (passed(toldProgress, progressEveryMs)) await progress();
      if (letters > 0 && (settled === null || passed(settled, incidentsEveryMs))) await settle();
    },
    async ended() {
      await settle();
      // Cards also say of how many, and when it runs next: that is new with every run.
      await incidents(await ports.incidents.open(run.flow));
      await progress();
    },
  };
}
