import { optionsOf, WrongUsage, type Options } from "./options.ts";
import { reportOf } from "./report.ts";
import { playSideBySide } from "./side-by-side.ts";

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

async function chaos({ databases, ...given }: Options): Promise<void> {
  for (const database of databases) {
    const say = (how: string): void => void process.stderr.write(`${how}\n`);
    const played = await playSideBySide({ ...given, database, enough: enough.signal, say });
    if (played === undefined)
      throw new WrongUsage("There is no Postgres here: install one, or add --only embedded.");
    console.log(reportOf(database, played));
    if (played.verdict.wrong.length > 0 || played.late.length > 0) process.exitCode = 1;
  }
}
