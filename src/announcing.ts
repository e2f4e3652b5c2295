import type { Events } from "#domain/ports/events.ts";
import type { Ledger, LedgerEnd } from "#domain/ports/ledger.ts";
import type { Runs } from "#domain/ports/runs.ts";
import { isOver } from "#domain/run.ts";

type Publishers = { ledger: Ledger; runs: Runs; events: Events };

/** Whatever is published is handed out soon: `soon` is called once it is kept. */
export function announcing({ ledger, runs, events }: Publishers, soon: () => Promise<void>) {
  const end = (one: LedgerEnd): LedgerEnd => ({
    ...one,
    async commit(page) {
      await one.commit(page);
      const won = page.deals?.seen.some(({ event }) => event !== null) ?? false;
      if (page.events.length > 0 || won) await soon();
    },
  });
  return {
    ledger: { ...end(ledger), back: end(ledger.back) } satisfies Ledger,
    runs: {
      ...runs,
      async turn(id, epoch, state, at) {
        const turned = await runs.turn(id, epoch, state, at);
        if (turned && isOver(state)) await soon();
        return turned;
      },
      async cancel(id, by, at) {
        const cancelled = await runs.cancel(id, by, at);
        if (cancelled) await soon();
        return cancelled;
      },
    } satisfies Runs,
    events: {
      ...events,
      async publish(event, at) {
        const kept = await events.publish(event, at);
        if (kept) await soon();
        return kept;
      },
    } satisfies Events,
  };
}
