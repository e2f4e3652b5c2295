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
  await using servers = start("servers.ts", [String(records)], {
    flags: ["--max-old-space-size=8192"],
  });
  const at = await servers.ask<{ source: string; destination: string }>("addresses");
  await using field = new AsyncDisposableStack();
  const loop = field.use(start("contenders/loop.ts", [at.source, at.destination]));
  const contenders = new Map<Database, Asking>();
  for (const database of databases) {
    const server = database === "postgres" ? postgres : null;
    const args = [at.source, at.destination, server?.url ?? "", String(server?.pid ?? 0)];
    contenders.set(database, field.use(start("contenders/tieline.ts", args)));
  }

  const laps: Lap[] = [];
  const lap = timing(records, servers, laps);
  const account = accounts(records, () => servers.ask<Kept>("kept"));

  async function turn(database: Database, tieline: Asking, rep: number): Promise<void> {
    const flow = `contacts-${rep}`;
    await servers.ask("empty");
    await tieline.ask("flow", flow);
    for (const act of acts) {
      if (isChange(act)) await servers.ask("mutate", 100);
      const about = {
        flow,
        full: act === "nothing changed" || act === "1 % changed",
        profile: profile === null ? null : join(profile, `${database} ${act} ${rep}.cpuprofile`),
      };
      const before = await servers.ask<Kept>("kept");
      const { result } = await lap(database, act, () =>
        tieline.ask<Measured<Counts>>("run", about),
      );
      await account(expected(act, records), result, before);
    }
  }

  // The first time everything is slow: nobody's count.
  await loop.ask("run");
  for (let rep = 1; rep <= reps; rep += 1) {
    await servers.ask("empty");
    await lap("loop", "first run", () => loop.ask<Measured<number>>("run"));
    await account({ created: records, updated: 0 }, null);
    for (const [database, tieline] of contenders) await turn(database, tieline, rep);
  }
  const memory = new Map<Lap["who"], number>();
  for (const [database, tieline] of contenders) {
    memory.set(database, await tieline.ask<number>("peak"));
    await tieline.ask("close");
  }
  return { options, laps, memory, cores: availableParallelism() };
}

/** Notes what each run cost, and how much was read for it. */
const timing =
  (records: number, servers: Asking, laps: Lap[]) =>
  async <Result>(
    who: Lap["who"],
    act: Act,
    run: () => Promise<Measured<Result>>,
  ): Promise<Measured<Result>> => {
    const before = await servers.ask<Given>("given");
    const measured = await run();
    const after = await servers.ask<Given>("given");
    const { seconds, cpu, othersCpu } = measured;
    const perMillion = 1e6 / records;
    laps.push({
      who,
      act,
      rate: records / seconds,
      cpu: cpu * perMillion,
      databaseCpu: othersCpu * perMillion,
      read: after.records - before.records,
    });
    return measured;
  };

const isChange = (act: Act): boolean => act === "1 % changed" || act === "1 % changed, by time";

/** What the destination is to have seen of it. */
const expected = (act: Act, records: number): Expected =>
  act === "first run"
    ? { created: records, updated: 0 }
    : { created: 0, updated: isChange(act) ? Math.floor(records / 100) : 0 };
