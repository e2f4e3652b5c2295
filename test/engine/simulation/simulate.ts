import { type Coverage, neverFired, rowNames } from "./faults/matrix.ts";
import { live } from "./life.ts";
import { type Options, optionsIn } from "./options.ts";
import { toldOf } from "./told-of.ts";

/** More lives than that without each fault of the matrix, and something is wrong with the simulation. */
const enough = 20_000;

/** Lives any number of lives. The exit code: 0 where all is well, 1 where not, 64 for a wrong option. */
async function simulate({ first, seeds, bug, trace }: Options): Promise<number> {
  const coverage: Coverage = new Map();
  const begun = performance.now();
  let failed = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const lived = await live(seed, coverage, bug, trace ? console.log : undefined);
    if (lived.wrong.length > 0 && bug !== null) {
      console.log(`${bug.name} is found at seed ${String(seed)}: ${lived.wrong[0] ?? ""}`);
      return 0;
    }
    if (lived.wrong.length > 0) {
      failed += 1;
      console.log(`\n${toldOf(lived)}`);
    }
    progress(seed - first + 1, seeds, failed, begun);
  }
  if (bug !== null) {
    console.log(`\n${bug.name} is not found in ${String(seeds)} lives`);
    return 1;
  }
  return failed === 0 && isWhole(coverage, seeds, failed) ? 0 : 1;
}

/** Says what there was; false where some fault of the matrix should have fired and never did. */
function isWhole(coverage: Coverage, seeds: number, failed: number): boolean {
  const missing = neverFired(coverage);
  const fired = rowNames.length - missing.length;
  console.log(`\n${String(seeds)} lives, ${String(failed)} with violations, ${String(fired)} of ${String(rowNames.length)} faults fired`); // prettier-ignore
  if (seeds < enough || missing.length === 0) return true;
  console.log(`never fired: ${missing.join(", ")}`);
  return false;
}

function progress(done: number, all: number, failed: number, begun: number): void {
  const isTerminal = process.stdout.isTTY;
  if (done % (isTerminal ? 50 : 5_000) !== 0) return;
  const perSecond = Math.round((done * 1000) / (performance.now() - begun));
  const line = `${done.toLocaleString("en")} of ${all.toLocaleString("en")} lives, ${String(failed)} with violations, ${String(perSecond)} a second`; // prettier-ignore
  process.stdout.write(isTerminal ? `\r${line}` : `${line}\n`);
}

const options = optionsIn(process.argv.slice(2));
if (typeof options === "string") {
  console.error(options);
  process.exitCode = 64;
} else {
  process.exitCode = await simulate(options);
}
