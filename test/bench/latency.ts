import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "../support/postgres-server.ts";
import { openHouse, type House } from "./house.ts";
import { quantile } from "./measure.ts";
import { start } from "./messages.ts";
import type { Database, Options } from "./options.ts";
import type { Announcement, Kept } from "./servers.ts";

/** Records there are; which of them changes goes round. */
const records = 1000;
/** The first few are slower: nobody's count. */
const warmUp = 10;
/** Milliseconds between two changes, so that none falls into the work of the one before, or into step with a clock. */
const pause = () => 250 + Math.random() * 500;
const secret = "a secret of the bench";

export type Announced = {
  database: Database;
  changes: number;
  /** Milliseconds from the change, and its announcement, until it is at the destination. */
  p50: number;
  p99: number;
  most: number;
};

/** Changes records one at a time and announces each by a webhook, while nothing else goes on. */
export async function announce(
  options: Options,
  postgres: PostgresServer | null,
): Promise<Announced[]> {
  const announced: Announced[] = [];
  for (const database of options.databases) {
    const server = database === "postgres" ? postgres : null;
    announced.push(await changes(database, server, options.records));
  }
  return announced;
}

async function changes(
  database: Database,
  postgres: PostgresServer | null,
  count: number,
): Promise<Announced> {
  await using servers = start("servers.ts", [String(records)]);
  const at = await servers.ask<{ source: string; destination: string }>("addresses");
  await using house = await openHouse(postgres, "http");
  const from = { name: "from", connector: "bench-source", baseUrl: at.source, secret };
  const to = { name: "to", connector: "bench-destination", baseUrl: at.destination, secret: null };
  const flow = { name: "told", from: "from/contacts", to: "to/contacts", event: true };
  const [address = ""] = await house.bot.ask<string[]>("setup", { connections: [from, to], flows: [flow] }); // prettier-ignore
  await house.bot.ask("run", { flow: flow.name, full: false });
  await over(house);

  const took: number[] = [];
  for (let n = -warmUp; n < count; n += 1) {
    await sleep(pause());
    const about: Announcement = { number: ((n + records) % records) + 1, address, secret };
    const ms = await servers.ask<number>("announce", about);
    if (n >= 0) took.push(ms);
  }
  await over(house);
  const kept = await servers.ask<Kept>("kept");
  if (kept.size !== records || kept.updated !== count + warmUp)
    throw new Error(`Records were lost or written twice, so there is no figure: ${JSON.stringify(kept)}.`); // prettier-ignore
  await house.bot.ask("close");
  return { database, changes: count, p50: quantile(took, 0.5), p99: quantile(took, 0.99), most: Math.max(...took) }; // prettier-ignore
}

async function over({ bot }: House): Promise<void> {
  while ((await bot.ask<number>("underWay")) > 0) await sleep(50);
}
