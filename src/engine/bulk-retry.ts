import type { DeadLetterId } from "#domain/ids.ts";
import { bulkOf, type Run } from "#domain/run.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";
import { judge } from "./returned.ts";
import { inOrder } from "./retry.ts";
import { makeRetrySome } from "./retry-some.ts";
import { GivesWay } from "./stopped.ts";
import type { Telling } from "./telling.ts";

export type OpenHalf = { ports: Ports; claimed: Claimed };

const atOnce = 100;

/** One record, then ten, then the rest: what helps nothing is found out before it is done to all. */
const step = (taken: number): number => (taken === 0 ? 1 : taken === 1 ? 10 : atOnce);

/**
 * Writes all dead letters of the run's cause or flow, a few at a time. How far it has come is in the
 * store with those in hand, so that any worker goes on from there.
 * @throws systemic errors, Stopped, Paused, GivesWay, CauseReturned, Fenced
 */
export async function bulkRetry(
  ports: Ports,
  halves: readonly OpenHalf[],
  telling: Telling,
): Promise<void> {
  const claimed = halves[0]?.claimed;
  if (claimed === undefined) return;
  const bulk = bulkOf(claimed.run);
  if (bulk === null) return;
  const { run, flow, ends, epoch, stop } = claimed;
  const about = (taken: number) => ({ run, flow, ends, taken });
  const ways = halves.map((half) => ({
    way: half.claimed.way,
    retrySome: makeRetrySome(half.ports, half.claimed, telling),
  }));

  async function tryPage(ids: readonly DeadLetterId[], taken: number): Promise<void> {
    const before = inOrder(ids, await ports.letters.those(ids));
    const waiting = before.filter(({ state }) => state.kind === "retrying");
    for (const { way, retrySome } of ways) {
      const some = waiting.filter((letter) => letter.way === way);
      if (some.length > 0) await retrySome(some);
    }
    judge(before, await ports.letters.those(ids), about(taken));
  }

  let { taken } = bulk;
  const inHand = run.work.kind === "retry" ? run.work.letters : [];
  if (inHand.length > 0) await tryPage(inHand, taken);
  for (;;) {
    stop.throwIfAborted();
    await giveWay(ports, run);
    const ids = await ports.runs.takeMore(run.id, epoch, step(taken), ports.clock.now());
    if (ids.length === 0) return;
    taken += ids.length;
    await tryPage(ids, taken);
  }
}

/** A flow does one thing at a time, and what is due does not wait for the end of thousands. */
async function giveWay({ runs, clock }: Pick<Ports, "runs" | "clock">, own: Run): Promise<void> {
  const now = clock.now();
  const isDue = ({ state }: Run): boolean =>
    state.kind === "queued" ||
    (state.kind === "waiting" && Temporal.Instant.compare(state.until, now) <= 0);
  const others = (await runs.unfinished()).filter(
    (run) => run.flow === own.flow && run.id !== own.id,
  );
  if (others.some(isDue)) throw new GivesWay();
}
