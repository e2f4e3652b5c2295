import { OutOfHours, RetryLater } from "#domain/errors.ts";
import type { ConnectionName } from "#domain/ids.ts";
import type { Allowance, Sharing } from "#domain/ports/allowance.ts";
import type { Clock } from "#domain/ports/world.ts";
import { type Limits, openLimits } from "./limits.ts";
import type { Line } from "./line.ts";

type Of = { connection: ConnectionName; title: string; line: Line; daily(): number | null };

const day = 24 * 60 * 60 * 1000;

/**
 * The line of a connection for one flow, which may use only a share of what the tool allows in a day:
 * counted by every worker together, in any 24 hours, so that it holds whenever the tool's own day ends.
 */
export type SharedLine = (of: Of, sharing: Sharing) => Line;

export function makeSharedLines(world: { allowance: Allowance; clock: Clock }): SharedLine {
  /** Calls once drawn are kept in hand for the next run. */
  const known = new Map<string, { calls: number; limits: Limits }>();

  const limitsFor = (name: string, connection: ConnectionName, calls: number): Limits => {
    const there = known.get(`${connection} ${name}`);
    if (there?.calls === calls) return there.limits;
    const buckets = { [name]: { calls, per: day } };
    const limits = openLimits(connection, { buckets, usual: [name] }, world);
    known.set(`${connection} ${name}`, { calls, limits });
    return limits;
  };

  return ({ connection, title, line, daily }, { flow, share }) => {
    /** @throws OutOfHours when the share is used up */
    const spend = async (signal: AbortSignal): Promise<void> => {
      const all = daily();
      if (all === null) return;
      const calls = Math.max(1, Math.floor(share * all));
      try {
        await limitsFor(`flow:${flow}`, connection, calls).take(null, signal);
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
        throw new OutOfHours(
          `${flow} has made the ${calls.toLocaleString("en")} calls of ${title} a day that it may; it goes on when some are free again`,
          world.clock.now().add({ milliseconds: Math.ceil(error.waitMs) }),
        );
      }
    };
    const after =
      <Given extends unknown[], Made>(make: (...given: Given) => Promise<Made>) =>
      async (...given: Given): Promise<Made> => {
        await spend(given.at(-1) as AbortSignal);
        return make(...given);
      };
    return { ...line, read: after(line.read), open: after(line.open), write: after(line.write) };
  };
}
