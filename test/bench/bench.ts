import { startPostgres, type PostgresServer } from "../support/postgres-server.ts";
import { acknowledge } from "./acks.ts";
import { grow } from "./large.ts";
import { announce } from "./latency.ts";
import { race } from "./race.ts";
import { deliver } from "./webhooks.ts";
import { optionsOf, WrongUsage, type Options } from "./options.ts";
import { acksOf, deliveriesOf, growthOf, latencyOf, tableOf } from "./table.ts";

/** `npm run bench`: Tieline beside the bare loop, on this machine, in one run. */

try {
  await bench(optionsOf(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof WrongUsage)) throw error;
  console.error(error.message);
  process.exitCode = 64;
}

async function bench(options: Options): Promise<void> {
  await using postgres = options.databases.includes("postgres") ? await aPostgres() : null;
  console.log(await figures(options, postgres));
}

async function figures(options: Options, postgres: PostgresServer | null): Promise<string> {
  switch (options.kind) {
    case "runs":
      return tableOf(await race(options, postgres));
    case "large":
      return growthOf(await grow(options, postgres));
    case "webhooks":
      return deliveriesOf(await deliver(options, postgres));
    case "acks":
      return acksOf(await acknowledge(options, postgres));
    case "latency":
      return latencyOf(await announce(options, postgres));
    default:
      return options.kind satisfies never;
  }
}

/** @throws WrongUsage */
async function aPostgres(): Promise<PostgresServer> {
  const server = await startPostgres();
  if (server !== undefined) return server;
  throw new WrongUsage("There is no Postgres here: install one, name one in TIELINE_TEST_DATABASE_URL, or add --only embedded."); // prettier-ignore
}
