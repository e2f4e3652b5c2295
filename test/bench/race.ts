import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Counts } from "#domain/run.ts";
import type { PostgresServer } from "../support/postgres-server.ts";
import { accounts, type Expected } from "./accounts.ts";
import type { Measured } from "./measure.ts";
import { start, type Asking } from "./messages.ts";
import type { Database, Options } from "./options.ts";
import type { Given, Kept } from "./servers.ts";

/** What is done to a flow, in this order. `by time`: only what changed since is asked for. */
export const acts = ["first run", "nothing changed", "nothing changed, by time", "1 % changed", "1 % changed, by time"] as const; // prettier-ignore
export type Act = (typeof acts)[number];

/** One run of one contender. */
export type Lap = {
  who: "loop" | Database;
  act: Act;
  rate: number;
  /** Seconds of CPU for a million records: of the process, and of a database beside it. */
  cpu: number;
  databaseCpu: number;
  /** Records asked of the source. */
  read: number;
};

export type Outcome = {
  options: Options;
  laps: readonly Lap[];
  /** MiB, by contender. */
  memory: ReadonlyMap<Lap["who"], number>;
  cores: number;
};

/** Lets them all do the work by turns. @throws when a record was lost or written twice */
export async function race(options: Options, postgres: PostgresServer | null): Promise<Outcome> {
  const { records, reps, databases, profile } = options;
  const profileOf = (database: Database, act: Act, rep: number): string | null =>
    profile === null ? null : join(profile, `${database} ${act} ${rep}.cpuprofile`);
  await using servers = start("servers.ts", [String(records)], {
    flags: ["--max-old-space-size=8192"],
  });
  const { source, destination } = await servers.ask<{ source: string; destination: string }>(
    "addresses",
  );
  await using field = new AsyncDisposableStack();
  const loop = field.use(start("contenders/loop.ts", [source, destination]));
  const contenders = new Map<Database, Asking>();
  for (const database of databases) {
    const server = database === "postgres" ? postgres : null;
    const args = [source, destination, server?.url ?? "", String(server?.pid ?? 0)];
    contenders.set(database, field.use(start("contenders/tieline.ts", args))); // prettier-ignore
  }

  const laps: Lap[] = [];
  const lap = async (
    who: Lap["who"],
    act: Act,
    of: number,
    run: () => Promise<Measured<unknown>>,
  ): Promise<void> => {
    const before = await servers.ask<Given>("given");
    const { seconds, cpu, othersCpu } = await run();
    const after = await servers.ask<Given>("given");
    const perMillion = 1e6 / of;
    laps.push({
      who,
      act,
      rate: of / seconds,
      cpu: cpu * perMillion,
      databaseCpu: othersCpu * perMillion,
      read: after.records - before.records,
    });
  };

  const account = accounts(records, async () => servers.ask<Kept>("kept"));
  // The first time everything is slow: nobody's count.
  await loop.ask("run");
  for (let rep = 1; rep <= reps; rep += 1) {
    await servers.ask("empty");
    await lap("loop", "first run", records, () => loop.ask("run"));
    await account({ created: records, updated: 0 }, null);
    for (const [database, tieline] of contenders) {
      const flow = `contacts-${rep}`;
      await servers.ask("empty");
      await tieline.ask("flow", flow);
      for (const act of acts) {
        if (act === "1 % changed" || act === "1 % changed, by time") await servers.ask("mutate", 100); // prettier-ignore
        const full = act === "nothing changed" || act === "1 % changed";
        let counts: Counts | null = null;
        const before = await servers.ask<Kept>("kept");
        await lap(database, act, records, async () => {
          const run = await tieline.ask<Measured<Counts>>("run", {
            flow,
            full,
            profile: profileOf(database, act, rep),
          });
          counts = run.result;
          return run;
        });
        await account(expected(act, records), counts, before);
      }
    }
  }
  const memory = new Map<Lap["who"], number>();
  for (const [database, tieline] of contenders) {
    memory.set(database, await tieline.ask<number>("peak"));
    await tieline.ask("close");
  }
  return { options, laps, memory, cores: availableParallelism() };
}

/** What the destination is to have seen of it. */
function expected(act: Act, records: number): Expected {
  if (act === "first run") return { created: records, updated: 0 };
  const changed = act === "1 % changed" || act === "1 % changed, by time";
  return { created: 0, updated: changed ? Math.floor(records / 100) : 0 };
}
