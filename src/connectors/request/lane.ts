import { RetryLater } from "#domain/errors.ts";
import type { Lane } from "#domain/ports/lane.ts";

/**
 * Waits before something is sent; who is to leave the lane does not wait, and does not send any more.
 * @throws RetryLater then
 */
export async function unlessLeft(
  lane: Lane | null,
  signal: AbortSignal,
  wait: (until: AbortSignal) => Promise<void>,
): Promise<void> {
  if (lane === null) return wait(signal);
  stillIn(lane);
  try {
    await wait(AbortSignal.any([signal, lane.leave]));
  } catch (error) {
    if (lane.leave.aborted && !signal.aborted) throw left();
    throw error;
  }
}

/** @throws RetryLater for who is to leave */
export function stillIn(lane: Lane | null): void {
  if (lane?.leave.aborted === true) throw left();
}

/**
 * Who is to leave does not wait for its turn either, which others may have for long; once it has `begun`, it is
 * answered. @throws RetryLater
 */
export async function inTurn<Made>(
  { leave }: Lane,
  queued: (begun: () => void) => Promise<Made>,
): Promise<Made> {
  const leaving = Promise.withResolvers<never>();
  const go = (): void => leaving.reject(left());
  const begun = (): void => leave.removeEventListener("abort", go);
  leave.addEventListener("abort", go, { once: true });
  if (leave.aborted) go();
  try {
    return await Promise.race([leaving.promise, queued(begun)]);
  } finally {
    begun();
  }
}

const left = (): RetryLater => new RetryLater("Stopped before it was sent", 1_000);
