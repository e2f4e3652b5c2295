import type { Verdict } from "./judge.ts";
import type { Database } from "./options.ts";
import { overdue, promisedMs, watchSlowness } from "./patience.ts";
import { planOf, sharesOf } from "./plan.ts";
import { play, type Played } from "./play.ts";
import { openTroubled } from "./trouble.ts";

type Asked = {
  kills: number;
  seed: number;
  pairs: number;
  database: Database;
  /** Ends the killing; what there is by then is judged. */
  enough: AbortSignal;
  say(how: string): void;
  /** How much longer than promised a wait may take before it counts as late. */
  leniency?: number;
};

/** Undefined where there is no Postgres. */
export async function playSideBySide(
  asked: Asked,
): Promise<(Played & { late: readonly string[] }) | undefined> {
  const { kills, seed, pairs, database, say, leniency = 1 } = asked;
  // Each of what is started takes care to end with this process.
  process.setMaxListeners(0);
  await using servers = new AsyncDisposableStack();
  const places: (Awaited<ReturnType<typeof openTroubled>> | null)[] = [];
  for (let place = 0; place < pairs; place += 1) {
    const server = database === "postgres" ? await openTroubled() : null;
    if (server === undefined) return undefined;
    if (server !== null) servers.use(server);
    places.push(server);
  }
  using slowness = watchSlowness();
  const failed = new AbortController();
  const enough = AbortSignal.any([asked.enough, failed.signal]);
  const shares = sharesOf(planOf(seed, kills, database), pairs);
  const playing = shares.map(async (share, place) => {
    const tell = (how: string): void => say(pairs === 1 ? how : `${String(place + 1)}: ${how}`);
    try {
      return await play(share, seed + place, places[place] ?? null, enough, tell);
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  await Promise.allSettled(playing);
  const all = together(await Promise.all(playing));
  const late = database === "postgres" ? overdue(all.waits, promisedMs * leniency * slowness.most()) : []; // prettier-ignore
  return { ...all, late };
}

/** What several have seen, as if it were one. */
function together(all: readonly Played[]): Played {
  const verdicts = all.map(({ verdict }) => verdict);
  const sum = (count: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0);
  const failed = new Map<string, number>();
  for (const [reason, n] of verdicts.flatMap(({ failed }) => [...failed]))
    failed.set(reason, (failed.get(reason) ?? 0) + n);
  return {
    tally: {
      kills: all.reduce((total, { tally }) => total + tally.kills, 0),
      freezes: all.reduce((total, { tally }) => total + tally.freezes, 0),
      drains: all.flatMap(({ tally }) => tally.drains),
      fell: all.flatMap(({ tally }) => tally.fell),
    },
    waits: {
      work: all.flatMap(({ waits }) => waits.work),
      takeOver: all.flatMap(({ waits }) => waits.takeOver),
    },
    caught: all.flatMap(({ caught }) => caught),
    troubles: {
      done: all.flatMap(({ troubles }) => troubles.done),
      impossible: all.flatMap(({ troubles }) => troubles.impossible),
    },
    verdict: {
      lost: sum(({ lost }) => lost),
      doubled: sum(({ doubled }) => doubled),
      records: sum(({ records }) => records),
      runs: sum(({ runs }) => runs),
      letters: sum(({ letters }) => letters),
      events: sum(({ events }) => events),
      messages: sum(({ messages }) => messages),
      wrong: verdicts.flatMap(({ wrong }) => wrong),
      failed,
    },
  };
}
