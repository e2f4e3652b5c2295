import { parseArgs } from "node:util";

export type Database = "postgres" | "embedded";
export type Options = {
  kills: number;
  seed: number;
  /** So many at work side by side, who know nothing of each other. */
  pairs: number;
  databases: readonly Database[];
};

/** What was asked for is not what there is: one sentence, and exit code 64. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

const usage = "npm run chaos -- [--kills 1 to 100000] [--seed 1 to 16777215] [--pairs 1 to 16] [--only postgres|embedded]"; // prettier-ignore

/** @throws WrongUsage */
export function optionsOf(argv: readonly string[]): Options {
  const { kills, seed, pairs, only } = given(argv);
  return {
    kills: whole("--kills", kills, 100_000),
    seed: whole("--seed", seed, 0xff_ff_ff),
    pairs: whole("--pairs", pairs, 16),
    databases: databasesOf(only),
  };
}

function given(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        kills: { type: "string", default: "30" },
        seed: { type: "string", default: "1" },
        pairs: { type: "string", default: "1" },
        only: { type: "string" },
      },
    });
    return values;
  } catch {
    throw new WrongUsage(`That is not an option here: ${usage}.`);
  }
}

function whole(option: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= 1 && number <= most) return number;
  throw new WrongUsage(`${option} must be a whole number from 1 to ${String(most)}.`);
}

function databasesOf(only: string | undefined): readonly Database[] {
  if (only === undefined) return ["postgres", "embedded"];
  if (only === "embedded" || only === "postgres") return [only];
  throw new WrongUsage("--only must be embedded or postgres.");
}
