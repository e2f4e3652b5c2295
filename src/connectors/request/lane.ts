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
  const left = () => new RetryLater("Stopped before it was sent", 1_000);
  if (lane.leave.aborted) throw left();
  try {
    await wait(AbortSignal.any([signal, lane.leave]));
  } catch (error) {
    if (lane.leave.aborted && !signal.aborted) throw left();
    throw error;
  }
}
