import type { Operations, OperationName } from "#operations/contract.ts";
import type { Cli } from "./cli.ts";

/** What was asked on the command line. */
export type Line = {
  words: readonly string[];
  json: boolean;
  /** Options of the verb itself: `--full`, `--only a,b`. */
  flags: ReadonlySet<string>;
  values: Readonly<Record<string, string>>;
};

/** Performs an operation in the name of whoever is at the terminal. */
export type Do = <Name extends OperationName>(
  name: Name,
  input: Operations[Name]["in"],
) => Promise<Operations[Name]["out"]>;

/** With what a verb is carried out: the operations, files by the name they were given, and a way to speak. */
export type Room = Pick<Cli, "isTTY" | "columns" | "interrupted"> & {
  do: Do;
  files: Readonly<Record<string, string>>;
  /** Standard output, a line at a time. */
  say(line: string): void;
  /** Standard output as it is. */
  print(text: string): void;
  /** Standard error. */
  note(line: string): void;
  /** The one JSON object. */
  answer(object: unknown): void;
};

export type Option = { about: string; value?: string };

type Described = {
  name: string;
  /** After the verb: `FLOW`, `[FLOW]`, `FILE...`. */
  words: string;
  least: number;
  most: number;
  about: string;
  /** A few sentences for `--help`. */
  help: string;
  options: Readonly<Record<string, Option>>;
};

/** One thing that can be asked for in a terminal. */
export type Verb = Described &
  (
    | {
        kind: "operation";
        /** Its words are files: read where the person is, not where the work is done. */
        files?: boolean;
        run(line: Line, room: Room): Promise<number>;
      }
    | { kind: "process"; run(line: Line, cli: Cli): Promise<number> }
  );

export const verb = (described: Verb): Verb => described;
