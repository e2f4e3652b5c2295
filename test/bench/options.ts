import { parseArgs } from "node:util";

export type Database = "embedded" | "postgres";
/** What is measured: the runs beside the bare loop, or one of the others. */
export type Kind = "runs" | (typeof others)[number];
const others = ["large", "webhooks", "acks", "latency"] as const;

export type Options = {
  kind: Kind;
  /** Of a run; with `webhooks` deliveries, with `latency` changes. */
  records: number;
  reps: number;
  databases: readonly Database[];
  /** Folder for a CPU profile of each run; with it the figures are not to be believed. */
  profile: string | null;
};

/** What was asked for is not what there is: one sentence, and exit code 64. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

const usage =
  "npm run bench -- [--large | --webhooks | --acks | --latency] [--records 100 to 2000000] [--reps 1 to 25] [--only embedded|postgres] [--profile FOLDER]";

const usually: Readonly<Record<Kind, number>> = {
  runs: 100_000,
  large: 1_000_000,
  webhooks: 100_000,
  acks: 100_000,
  latency: 200,
};

/** @throws WrongUsage */
export function optionsOf(argv: readonly string[]): Options {
  const { reps, only, profile = null, ...rest } = given(argv);
  const kind = kindOf(rest);
  const records = rest.records ?? String(usually[kind]);
  return {
    kind,
    records: whole("--records", records, 100, 2_000_000),
    reps: whole("--reps", reps, 1, 25),
    databases: databasesOf(only),
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
        webhooks: { type: "boolean", default: false },
        acks: { type: "boolean", default: false },
        latency: { type: "boolean", default: false },
        profile: { type: "string" },
      },
    });
    return values;
  } catch {
    throw new WrongUsage(`That is not an option here: ${usage}.`);
  }
}

function kindOf(given: Readonly<Record<(typeof others)[number], boolean>>): Kind {
  const [kind = "runs", ...more] = others.filter((one) => given[one]);
  if (more.length === 0) return kind;
  throw new WrongUsage(`Only one at a time: ${others.map((one) => `--${one}`).join(", ")}.`);
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
