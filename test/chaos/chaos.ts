import { optionsOf, WrongUsage, type Options } from "./options.ts";
import { overdue } from "./patience.ts";
import { planOf } from "./plan.ts";
import { play } from "./play.ts";
import { reportOf } from "./report.ts";
import { openTroubled, type Troubled } from "./trouble.ts";

/** `npm run chaos`: workers that are killed again and again, and whether anything is lost by it. */

// The first Ctrl-C ends the killing, and what there is by then is judged; what it started goes with it.
const enough = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => (enough.signal.aborted ? process.exit(130) : enough.abort()));

try {
  await chaos(optionsOf(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof WrongUsage)) throw error;
  console.error(error.message);
  process.exitCode = 64;
}

async function chaos({ kills, seed, databases }: Options): Promise<void> {
  for (const database of databases) {
    await using postgres = database === "postgres" ? await aPostgres() : null;
    const played = await play(planOf(seed, kills, database), seed, postgres, enough.signal, (how) =>
      process.stderr.write(`${how}\n`),
    );
    const late = database === "postgres" ? overdue(played.waits) : [];
    console.log(reportOf(database, played, late));
    if (played.verdict.wrong.length > 0 || late.length > 0) process.exitCode = 1;
  }
}

/** @throws WrongUsage */
async function aPostgres(): Promise<Troubled> {
  const server = await openTroubled();
  if (server !== undefined) return server;
  throw new WrongUsage("There is no Postgres here: install one, or add --only embedded.");
}
