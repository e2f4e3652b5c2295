import type { Counts } from "#domain/run.ts";
import type { PostgresServer } from "../support/postgres-server.ts";
import { accounts } from "./accounts.ts";
import { median, type Measured } from "./measure.ts";
import { start } from "./messages.ts";
import type { Database, Options } from "./options.ts";
import type { Kept } from "./servers.ts";

/** Few enough to be done in no time, and often. */
const few = 10_000;
const fewTimes = 5;

export type Grown = {
  database: Database;
  records: number;
  /** Records a second of a first run, and of one in which nothing has changed. */
  few: { first: number; same: number };
  many: { first: number; same: number };
  /** MiB, after the many. */
  peak: number;
};

/** Pace and memory with many records beside those with few. @throws when a record was lost or written twice */
export async function grow(options: Options, postgres: PostgresServer | null): Promise<Grown[]> {
  const grown: Grown[] = [];
  for (const database of options.databases) {
    const server = database === "postgres" ? postgres : null;
    const small = await paces(database, server, few, fewTimes);
    const large = await paces(database, server, options.records, 1);
    grown.push({ database, records: options.records, few: small, many: large, peak: large.peak });
  }
  return grown;
}

async function paces(
  database: Database,
  server: PostgresServer | null,
  records: number,
  times: number,
): Promise<{ first: number; same: number; peak: number }> {
  await using servers = start("servers.ts", [String(records)], {
    flags: ["--max-old-space-size=8192"],
  });
  const at = await servers.ask<{ source: string; destination: string }>("addresses");
  const args = [at.source, at.destination, server?.url ?? "", String(server?.pid ?? 0)];
  await using tieline = start("contenders/tieline.ts", args);
  const account = accounts(records, () => servers.ask<Kept>("kept"));
  const first: number[] = [];
  const same: number[] = [];
  for (let time = 1; time <= times; time += 1) {
    const flow = `${database}-${records}-${time}`;
    await servers.ask("empty");
    await tieline.ask("flow", flow);
    const fresh = await tieline.ask<Measured<Counts>>("run", { flow, full: false, profile: null });
    await account({ created: records, updated: 0 }, fresh.result);
    const before = await servers.ask<Kept>("kept");
    const again = await tieline.ask<Measured<Counts>>("run", { flow, full: true, profile: null });
    await account({ created: 0, updated: 0 }, again.result, before);
    first.push(records / fresh.seconds);
    same.push(records / again.seconds);
  }
  const peak = await tieline.ask<number>("peak");
  await tieline.ask("close");
  return { first: median(first), same: median(same), peak };
}
