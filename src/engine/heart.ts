import { Fenced } from "#domain/errors.ts";
import type { Grip } from "#domain/grip.ts";
import type { RunId } from "#domain/ids.ts";
import type { Ports } from "./ports.ts";
import { ClosingDown, Paused, Stopped } from "./stopped.ts";

/** Whoever cancels or pauses a run sees it stop within 5 seconds. */
const everyMs = 1_000;
/** Without a sign of life for so long, another worker may take the run: at work within 15 s of a crash. */
export const staleMs = 8_000;
/**
 * So long after a sign of life the flow is ours without asking. What leaves by then has half of `staleMs` to
 * arrive, before whoever takes the flow over looks at the target for it first.
 */
export const sureMs = 4_000;

export type Heart = {
  stop: AbortSignal;
  /** Somebody cancelled the run, also after another paused it. */
  cancelled: AbortSignal;
  grip: Grip;
  end(): Promise<void>;
};

/**
 * Signs of life while a run is worked on; `stop` is aborted once somebody cancels or pauses the run, or
 * this process is to end. The first is given at once: the run may have been cancelled while nobody had it.
 * A process that was stopped or cut off for long enough wakes as one whose flow is another's: `grip` says so
 * before anything else is sent.
 */
export async function startHeart(
  { clock, runs, log, closing }: Pick<Ports, "clock" | "runs" | "log" | "closing">,
  run: RunId,
  epoch: number,
): Promise<Heart> {
  const stop = new AbortController();
  const cancel = new AbortController();
  const over = new AbortController();
  const close = (): void => stop.abort(new ClosingDown());
  if (closing.aborted) close();
  closing.addEventListener("abort", close, { once: true });

  const now = (): Moment => ({ wall: clock.now().epochMilliseconds, steady: clock.elapsed() });
  /** When the last sign of life that arrived was on its way. */
  let aliveAt: Moment | null = null;

  /** Whether the flow is ours still. */
  async function giveSign(): Promise<boolean> {
    const began = now();
    const { ours, cancelled, by, paused } = await runs.beat(run, epoch);
    if (ours) aliveAt = began;
    if (cancelled) cancel.abort(new Stopped(by ?? "somebody"));
    if (stop.signal.aborted) return ours;
    if (cancelled) stop.abort(cancel.signal.reason);
    else if (paused !== null) stop.abort(new Paused(paused));
    return ours;
  }
  async function beat(): Promise<void> {
    try {
      await giveSign();
    } catch (error) {
      // One missed beat is no harm; whoever sends or stores something next finds out if more is wrong.
      log.warn("A sign of life could not be given", { run, error });
    }
  }
  async function live(): Promise<void> {
    while (!over.signal.aborted) {
      try {
        await clock.sleep(everyMs, over.signal);
      } catch {
        return;
      }
      await beat();
    }
  }
  async function ask(): Promise<void> {
    if (!(await giveSign())) throw new Fenced("another worker has taken the flow over");
  }

  await beat();
  const living = live();
  return {
    stop: stop.signal,
    cancelled: cancel.signal,
    grip: { sure: () => (isFresh(aliveAt, now()) ? null : ask()) },
    async end() {
      closing.removeEventListener("abort", close);
      over.abort();
      await living;
    },
  };
}

/**
 * By both clocks: the wall clock may have been set back while we were stopped, and the other one stands still
 * while the whole machine sleeps (Linux' CLOCK_MONOTONIC).
 */
type Moment = { wall: number; steady: number };

const isFresh = (then: Moment | null, now: Moment): boolean =>
  then !== null && isShort(now.wall - then.wall) && isShort(now.steady - then.steady);

/** What was set back says nothing. */
const isShort = (ms: number): boolean => ms >= 0 && ms < sureMs;
