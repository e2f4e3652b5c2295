import { Unavailable } from "#domain/errors.ts";
import type { Clock } from "#domain/ports/world.ts";
import { OutcomeUnknown } from "../request/line.ts";

const tries = 6;

/** How often a piece of an upload may fail before it is given up; what goes on starts it anew. */
export function patience(clock: Clock, signal: AbortSignal) {
  let failed = 0;
  return {
    moved(): void {
      failed = 0;
    },
    /** Waits a little. @throws the error when it is none that passes, or there were too many */
    async after(error: unknown): Promise<void> {
      if (!(error instanceof OutcomeUnknown) && !(error instanceof Unavailable)) throw error;
      failed += 1;
      if (failed >= tries) throw new Unavailable(error.message, { cause: error });
      await clock.sleep(100 * 2 ** failed, signal);
    },
  };
}
