import { availableParallelism, loadavg } from "node:os";
import type { Waits } from "./watch.ts";

/** Another worker is at work so long after one is gone, in ms. */
export const promisedMs = 15_000;
const lookMs = 5_000;

/** Where more wants the processors than there are, everything takes longer, by about as much. */
export type Slowness = Disposable & { most(): number };

export function watchSlowness(): Slowness {
  let most = 1;
  const look = (): void => {
    const [load = 0] = loadavg();
    most = Math.max(most, load / availableParallelism() / 2);
  };
  look();
  const looking = setInterval(look, lookMs).unref();
  return { most: () => most, [Symbol.dispose]: () => clearInterval(looking) };
}

/** What took longer than it may, in sentences. */
export function overdue({ work, takeOver }: Waits, allowed: number): string[] {
  const say = (what: string, waits: readonly number[]): string[] => {
    const late = waits.filter((ms) => ms > allowed).length;
    return late === 0 ? [] : [`${String(late)} of ${String(waits.length)} times ${what} took more than ${String(Math.round(allowed / 1000))} s`]; // prettier-ignore
  };
  return [
    ...say("it until another worker was at work", work),
    ...say("it until what a dead worker had in hand was taken over", takeOver),
  ];
}
