import { parseArgs } from "node:util";
import { bugs } from "./bugs/index.ts";
import type { Bug } from "./world.ts";

/** `workers`: null for as many as there are cores. */
export type Options = {
  first: number;
  seeds: number;
  bug: Bug | null;
  trace: boolean;
  workers: number | null;
};

/** So many seeds there are. */
export const lastSeed = 0xff_ff_ff;
const mostWorkers = 64;

/** What was asked for, or in one sentence what is wrong with it. */
export function optionsIn(args: readonly string[]): Options | string {
  const read = parsed(args);
  if (typeof read === "string") return read;
  const { seed, bug: name, trace = false } = read;
  const first = whole(seed ?? "1");
  if (first === null || first > lastSeed)
    return `--seed ${String(seed)} is none; a whole number from 1 to ${String(lastSeed)} is accepted.`;
  const count = read.seeds ?? (seed === undefined ? "2000" : "1");
  const seeds = whole(count);
  if (seeds === null || first + seeds - 1 > lastSeed)
    return `--seeds ${count} is too many or none; a whole number from 1 to ${String(lastSeed - first + 1)} is accepted.`; // prettier-ignore
  const workers = workersIn(read);
  if (typeof workers === "string") return workers;
  const bug = bugNamed(name);
  return bug === undefined
    ? `There is no bug ${String(name)}; there are ${bugs.map((one) => one.name).join(", ")}.`
    : { first, seeds, bug, trace, workers };
}

function workersIn({ workers: text, bug, trace }: Read): number | null | string {
  if (text === undefined) return null;
  const workers = whole(text);
  if (workers === 1) return workers;
  if (workers === null || workers > mostWorkers)
    return `--workers ${text} is too many or none; a whole number from 1 to ${String(mostWorkers)} is accepted.`; // prettier-ignore
  return bug === undefined && trace !== true
    ? workers
    : "With --bug or --trace lives are lived one after the other; --workers 1 is accepted.";
}

type Read = Exclude<ReturnType<typeof parsed>, string>;

const bugNamed = (name: string | undefined): Bug | null | undefined =>
  name === undefined ? null : bugs.find((one) => one.name === name);

function parsed(args: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { seeds: text, seed: text, workers: text, bug: text, trace: { type: "boolean" } },
    });
    return values;
  } catch (error) {
    const [first = ""] = (error as Error).message.split(". ");
    return `${first}; --seeds N, --seed S, --workers W, --bug NAME and --trace are accepted.`;
  }
}

const whole = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);
