import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { PostgresServer } from "../support/postgres-server.ts";
import type { Sending, Sent } from "./deliveries.ts";
import { openHouse } from "./house.ts";
import { median, quantile } from "./measure.ts";
import { start } from "./messages.ts";
import type { Database, Options } from "./options.ts";

const connections = 50;
/** Connections of ours that it comes to, each at an address of its own. */
const shops = 5;
/** What is sent before anything counts, so that the program is warm. */
const warmUp = 2000;

export type Delivered = {
  database: Database;
  /** Deliveries a second, medians of all turns. */
  rate: number;
  p50: number;
  p99: number;
  /** Seconds of CPU for a million deliveries: of the process, and of a database beside it. */
  cpu: number;
  databaseCpu: number;
};

type Cost = { cpu: number; othersCpu: number };

/**
 * Sends signed events to the door, each connection the next one once it was answered. Afterwards they are
 * counted. @throws when one was refused or is not there, though its sender was told that it was kept
 */
export async function deliver(
  options: Options,
  postgres: PostgresServer | null,
): Promise<Delivered[]> {
  const delivered: Delivered[] = [];
  for (const database of options.databases)
    delivered.push(await turns(database, database === "postgres" ? postgres : null, options));
  return delivered;
}

async function turns(
  database: Database,
  postgres: PostgresServer | null,
  { records: deliveries, reps, profile }: Options,
): Promise<Delivered> {
  await using house = await openHouse(postgres, "http");
  await using sender = start("deliveries.ts", []);
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const laps: (Sent & Cost)[] = [];

  async function turn(name: string, count: number, profileTo: string | null): Promise<void> {
    const names = Array.from({ length: shops }, (_, n) => `${name}-${n}`);
    const made = names.map((name) => ({ name, connector: "webhook", baseUrl: null, secret }));
    const addresses = await house.bot.ask<string[]>("setup", { connections: made, flows: [] });
    const about: Sending = { addresses, secret, deliveries: count, connections };
    await sender.ask("write", about);
    await house.bot.ask("begin", profileTo);
    const sent = await sender.ask<Sent>("send", about);
    const cost = await house.bot.ask<Cost>("end");
    const kept = await house.bot.ask<number>("kept", names);
    if (sent.statuses["202"] !== count || kept !== count)
      throw new Error(`Deliveries were refused or lost, so there is no figure: ${count} were sent, ${kept} are kept, and these were the answers: ${JSON.stringify(sent.statuses)}.`); // prettier-ignore
    laps.push({ ...sent, ...cost });
  }

  await turn("warm-up", warmUp, null);
  laps.length = 0;
  for (let rep = 1; rep <= reps; rep += 1)
    await turn(
      `shop-${rep}`,
      deliveries,
      profile && join(profile, `${database} webhooks ${rep}.cpuprofile`),
    );
  await house.bot.ask("close");

  const middle = (pick: (lap: Sent & Cost) => number) => median(laps.map(pick));
  return {
    database,
    rate: middle(({ seconds }) => deliveries / seconds),
    p50: middle(({ milliseconds }) => quantile(milliseconds, 0.5)),
    p99: middle(({ milliseconds }) => quantile(milliseconds, 0.99)),
    cpu: middle(({ cpu }) => (cpu * 1e6) / deliveries),
    databaseCpu: middle(({ othersCpu }) => (othersCpu * 1e6) / deliveries),
  };
}
