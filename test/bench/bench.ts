import { startPostgres, type PostgresServer } from "../support/postgres-server.ts";
import { grow } from "./large.ts";
import { race } from "./race.ts";
import { optionsOf, WrongUsage, type Options } from "./options.ts";
import { growthOf, tableOf } from "./table.ts";

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
  console.log(
    options.large
      ? growthOf(await grow(options, postgres))
      : tableOf(await race(options, postgres)),
  );
}

/** @throws WrongUsage */
async function aPostgres(): Promise<PostgresServer> {
  const server = await startPostgres();
  if (server !== undefined) return server;
  throw new WrongUsage("There is no Postgres here: install one, name one in TIELINE_TEST_DATABASE_URL, or add --only embedded."); // prettier-ignore
}
