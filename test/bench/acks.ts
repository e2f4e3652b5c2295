import { setTimeout as sleep } from "node:timers/promises";
import type { Counts } from "#domain/run.ts";
import { personAt } from "../support/person.ts";
import type { PostgresServer } from "../support/postgres-server.ts";
import { post } from "../support/sandbox.ts";
import { accounts } from "./accounts.ts";
import { openHouse, type House, type Way } from "./house.ts";
import { start } from "./messages.ts";
import type { Database, Options } from "./options.ts";
import type { Kept } from "./servers.ts";

/** What a person types meanwhile, by turns. */
const lines = ["/tieline help", "/sync list", "/tieline health", "/dlq list", "/sync status"]; // prettier-ignore
/** Milliseconds between two commands. */
const pause = () => 20 + Math.random() * 60;

export type Acknowledged = {
  database: Database;
  way: Way;
  commands: number;
  /** Those that were not acknowledged within Slack's three seconds; they are not in the figures. */
  late: number;
  /** Milliseconds from a command's arrival to its acknowledgement, as Slack sees it. */
  p50: number;
  p99: number;
  most: number;
  /** Records a second meanwhile. */
  rate: number;
};
type Stats = { acks: { count: number; p50_ms: number; p99_ms: number; slowest_ms: number }; deliveries: { slash_commands?: { late: number; unreachable: number } } }; // prettier-ignore

/** Types commands while runs go on as fast as they can. @throws when one never came, or a record was lost */
export async function acknowledge(
  options: Options,
  postgres: PostgresServer | null,
): Promise<Acknowledged[]> {
  const all: Acknowledged[] = [];
  for (const database of options.databases)
    for (const way of ["http", "socket"] as const)
      all.push(await meanwhile(options, { database, way, postgres: database === "postgres" ? postgres : null })); // prettier-ignore
  return all;
}

type About = { database: Database; way: Way; postgres: PostgresServer | null };

async function meanwhile(
  { records, reps }: Options,
  { database, way, postgres }: About,
): Promise<Acknowledged> {
  await using servers = start("servers.ts", [String(records)], {
    flags: ["--max-old-space-size=8192"],
  });
  const at = await servers.ask<{ source: string; destination: string }>("addresses");
  await using house = await openHouse(postgres, way);
  const account = accounts(records, () => servers.ask<Kept>("kept"));
  const typing = new AbortController();
  let seconds = 0;
  const person = type(house, typing.signal);
  try {
    for (let rep = 1; rep <= reps; rep += 1) {
      const flow = `contacts-${way}-${rep}`;
      const ends = { from: `from-${way}/contacts`, to: `to-${way}/contacts` };
      await servers.ask("empty");
      await house.bot.ask("setup", {
        connections: [
          { name: `from-${way}`, connector: "bench-source", baseUrl: at.source, secret: null },
          { name: `to-${way}`, connector: "bench-destination", baseUrl: at.destination, secret: null }, // prettier-ignore
        ],
        flows: [{ name: flow, ...ends, event: false }],
      });
      const began = performance.now();
      const first = await house.bot.ask<Counts>("whole", { flow, full: false });
      const before = await servers.ask<Kept>("kept");
      const again = await house.bot.ask<Counts>("whole", { flow, full: true });
      seconds += (performance.now() - began) / 1000;
      await account({ created: records, updated: 0 }, first);
      await account({ created: 0, updated: 0 }, again, before);
    }
  } finally {
    typing.abort();
    await person;
  }
  const figures = await figuresOf(house);
  await house.bot.ask("close");
  return { database, way, ...figures, rate: (2 * reps * records) / seconds };
}

async function figuresOf({ page }: House) {
  const answer = await fetch(new URL("/_stats", page));
  const { acks, deliveries } = (await answer.json()) as Stats;
  const { late = 0, unreachable = 0 } = deliveries.slash_commands ?? {};
  if (acks.count === 0 || unreachable > 0)
    throw new Error(`Of the commands ${acks.count} were acknowledged and ${unreachable} never, so there is no figure.`); // prettier-ignore
  return { commands: acks.count + late, late, p50: acks.p50_ms, p99: acks.p99_ms, most: acks.slowest_ms }; // prettier-ignore
}

/** Commands come whether or not the one before was answered. */
async function type({ page }: House, signal: AbortSignal): Promise<void> {
  const { me, channels } = await personAt(page).state();
  const channel = channels.find(({ name }) => name === "integrations")?.id;
  const typed: Promise<unknown>[] = [];
  for (let n = 0; !signal.aborted; n += 1) {
    const text = lines[n % lines.length];
    typed.push(post(new URL("/ui/command", page), { user: me.id, channel, text }));
    await sleep(pause());
  }
  await Promise.all(typed);
}
