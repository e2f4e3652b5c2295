import { parseArgs } from "node:util";

export type Database = "embedded" | "postgres";
export type Options = {
  records: number;
  reps: number;
  databases: readonly Database[];
  /** Instead of the table: memory and pace with so many records beside few. */
  large: boolean;
  /** Folder for a CPU profile of each run; with it the figures are not to be believed. */
  profile: string | null;
};

/** What was asked for is not what there is: one sentence, and exit code 64. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

const usage =
  "npm run bench -- [--records 100 to 2000000] [--reps 1 to 25] [--only embedded|postgres] [--large] [--profile FOLDER]";

/** @throws WrongUsage */
export function optionsOf(argv: readonly string[]): Options {
  const { reps, only, large, profile = null, ...rest } = given(argv);
  const records = rest.records ?? (large ? "1000000" : "100000");
  return {
    records: whole("--records", records, 100, 2_000_000),
    reps: whole("--reps", reps, 1, 25),
    databases: databasesOf(only),
    large,
    profile,
  };
}

function given(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        records: { type: "string" },
        reps: { type: "string", default: "3" },
        only: { type: "string" },
        large: { type: "boolean", default: false },
        profile: { type: "string" },
      },
    });
    return values;
  } catch {
    throw new WrongUsage(`That is not an option here: ${usage}.`);
  }
}

function whole(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new WrongUsage(`${option} must be a whole number from ${least} to ${most}.`);
}

function databasesOf(only: string | undefined): readonly Database[] {
  if (only === undefined) return ["embedded", "postgres"];
  if (only === "embedded" || only === "postgres") return [only];
  throw new WrongUsage("--only must be embedded or postgres.");
}
