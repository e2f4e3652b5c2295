import { setTimeout as sleep } from "node:timers/promises";
import { Mistake } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";

const betweenMs = 5000;

/** What Slack answers to a token that will not get better by waiting. */
const refusals = [
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "user_removed_from_team",
  "team_disabled",
];

/**
 * Does it now, or keeps trying behind the scenes until it works or this is disposed of.
 * @throws Mistake at once where trying again is of no use
 */
export async function keepTrying(attempt: () => Promise<void>, log: Log): Promise<AsyncDisposable> {
  const stop = new AbortController();
  const once = async (): Promise<boolean> => {
    try {
      await attempt();
      return true;
    } catch (error) {
      if (error instanceof Mistake) throw error;
      if (refusals.some((code) => String(error).includes(code)))
        throw new Mistake(`Slack does not accept SLACK_APP_TOKEN: ${String(error)}.`);
      log.warn("Slack cannot be reached; trying again", { error: String(error) });
      return false;
    }
  };

  const behind = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sleep(betweenMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted && (await once())) return;
    }
  };

  const finished = (await once()) ? Promise.resolve() : behind();
  finished.catch((error: unknown) => log.error("Slack stays away", { error: String(error) }));
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await finished.catch(() => undefined);
    },
  };
}
