import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Coverage, neverFired, rowNames } from "./faults/matrix.ts";
import { liveAll, together, type Told } from "./lives.ts";
import { type Options, optionsIn } from "./options.ts";

/** More lives than that without each fault of the matrix, and something is wrong with the simulation. */
const enough = 1_000;

/** Lives any number of lives. The exit code: 0 where all is well, 1 where not, 64 for a wrong option. */
async function simulate(options: Options): Promise<number> {
  const { seeds, bug } = options;
  const coverage: Coverage = new Map();
  const begun = performance.now();
  let [lived, failed, next] = [0, 0, stepOf(seeds)];
  const tell = (told: Told): void => {
    switch (told.kind) {
      case "lived":
        lived += told.lives;
        if (lived < next) return;
        next += stepOf(seeds);
        return progress(lived, seeds, failed, begun);
      case "wrong":
        failed += 1;
        console.log(bug === null ? `\n${told.text}` : `${bug.name} is found at seed ${String(told.seed)}: ${told.first}`); // prettier-ignore
        return;
      case "over":
        return together(coverage, told.coverage);
      default:
        return told satisfies never;
    }
  };
  await liveThem(options, tell);
  if (bug !== null && failed === 0)
    console.log(`\n${bug.name} is not found in ${String(seeds)} lives`);
  if (bug !== null) return failed === 0 ? 1 : 0;
  return isWhole(coverage, seeds, failed) && failed === 0 ? 0 : 1;
}

/** In this thread, or each worker every so many of them. */
async function liveThem(
  { first, seeds, bug, trace, workers }: Options,
  tell: (told: Told) => void,
): Promise<void> {
  // prettier-ignore
  const last = first + seeds - 1;
  const threads = Math.min(seeds, workers ?? (bug === null && !trace ? availableParallelism() : 1));
  if (threads === 1)
    return liveAll({ first, last, step: 1 }, { bug, trace: trace ? console.log : null }, tell);
  const shares = Array.from({ length: threads }, async (_none, index) => {
    const workerData = { first: first + index, last, step: threads };
    const worker = new Worker(new URL("./share.ts", import.meta.url), { workerData });
    worker.on("message", tell);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    worker.on("error", reject).on("exit", resolve);
    await promise;
  });
  await Promise.all(shares);
}

/** Says what there was; false where some fault of the matrix should have fired and never did. */
function isWhole(coverage: Coverage, seeds: number, failed: number): boolean {
  const missing = neverFired(coverage);
  const fired = rowNames.length - missing.length;
  console.log(`\n${String(seeds)} lives, ${String(failed)} with violations, ${String(fired)} of ${String(rowNames.length)} faults fired`); // prettier-ignore
  if (seeds < enough) return true;
  const rarest = rowNames.toSorted((a, b) => (coverage.get(a) ?? 0) - (coverage.get(b) ?? 0));
  console.log(`rarest: ${rarest.slice(0, 5).map((row) => `${row} ${String(coverage.get(row) ?? 0)}`).join(", ")}`); // prettier-ignore
  return missing.length === 0;
}

/** After so many lives it is told how far it is. */
const stepOf = (seeds: number): number => (process.stdout.isTTY ? 100 : Math.min(5_000, seeds));

function progress(done: number, all: number, failed: number, begun: number): void {
  const perSecond = Math.round((done * 1000) / (performance.now() - begun));
  const line = `${done.toLocaleString("en")} of ${all.toLocaleString("en")} lives, ${String(failed)} with violations, ${String(perSecond)} a second`; // prettier-ignore
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
}

const options = optionsIn(process.argv.slice(2));
if (typeof options === "string") {
  console.error(options);
  process.exitCode = 64;
} else {
  process.exitCode = await simulate(options);
}
