import type { FlowName } from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import type { Run } from "#domain/run.ts";
import type { Ports } from "./ports.ts";

const incidentsEveryMs = 10_000;

/**
 * Tells Slack, through the outbox, of a run and of what it has found. Whoever tells it there looks by itself how
 * a run gets on, until it is over.
 */
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
  let settled: Temporal.Instant | null = null;

  const card = async (): Promise<void> => {
    if (run.channel !== null) await outbox.tell({ kind: "run", id: run.id });
  };
  const incidents = async (changed: readonly Incident[]): Promise<void> => {
    for (const { id } of changed) await outbox.tell({ kind: "incident", id });
  };
  const settle = async (): Promise<void> => {
    settled = clock.now();
    await incidents(await ports.incidents.settle(run.flow, by, settled));
  };
  const isTime = (): boolean =>
    settled === null || clock.now().since(settled).total("milliseconds") >= incidentsEveryMs;

  return {
    incidents,
    started: card,
    async stored(letters) {
      if (letters > 0 && isTime()) await settle();
    },
    async ended() {
      await settle();
      // Cards also say of how many, and when it runs next: that is new with every run.
      await incidents(await ports.incidents.open(run.flow));
      await card();
    },
  };
}
