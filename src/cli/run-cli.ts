import { isSystemic, Mistake, NotAllowed, storeAwayIn } from "#domain/errors.ts";
import { exit, type Cli } from "./cli.ts";
import { Interrupted } from "./follow.ts";
import { help, verbHelp } from "./help.ts";
import { parse } from "./parse.ts";
import { readNamed } from "./read-named.ts";
import type { Line, Room, Verb } from "./verb.ts";

type OperationVerb = Extract<Verb, { kind: "operation" }>;

/** Does what a command line asks for and returns the exit code. Throws nothing. */
export async function runCli(cli: Cli): Promise<number> {
  const parsed = parse(cli.argv);
  switch (parsed.kind) {
    case "help":
      cli.stdout.write(`${parsed.verb === null ? help(cli.version) : verbHelp(parsed.verb)}\n`);
      return exit.done;
    case "version":
      cli.stdout.write(`${cli.version}\n`);
      return exit.done;
    case "wrong":
      cli.stderr.write(`${parsed.message}\n`);
      return exit.usage;
    case "verb":
      return carryOut(parsed.verb, parsed.line, cli);
    default:
      return parsed satisfies never;
  }
}

async function carryOut(verb: Verb, line: Line, cli: Cli): Promise<number> {
  try {
    if (verb.kind === "process") return await verb.run(line, cli);
    const files = await filesOf(verb, line, cli);
    return (await cli.ask(cli.argv, files)) ?? (await here(verb, line, files, cli));
  } catch (error) {
    const { message, code } = wordsFor(error);
    cli.stderr.write(`${message}\n`);
    if (line.json && code !== exit.interrupted)
      cli.stdout.write(`${JSON.stringify({ error: message })}\n`);
    return code;
  }
}

/** In this process: no other one has the folder. */
async function here(
  verb: OperationVerb,
  line: Line,
  files: Readonly<Record<string, string>>,
  cli: Cli,
): Promise<number> {
  await using opened = await cli.open();
  const actor = { kind: "terminal", user: cli.user } as const;
  const room: Room = {
    isTTY: cli.isTTY,
    columns: cli.columns,
    interrupted: cli.interrupted,
    files,
    do: (name, input) => opened.perform(name, input, actor),
    say: (text) => cli.stdout.write(`${text}\n`),
    print: (text) => cli.stdout.write(text),
    note: (text) => cli.stderr.write(`${text}\n`),
    answer: (object) => cli.stdout.write(`${JSON.stringify(object)}\n`),
  };
  return await verb.run(line, room);
}

/** @throws Mistake of usage for a file that cannot be read */
async function filesOf(verb: OperationVerb, line: Line, cli: Cli): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of verb.files === true ? line.words : [])
    files[path] = await readNamed(cli, path);
  return files;
}

function wordsFor(error: unknown): { message: string; code: number } {
  if (error instanceof Mistake)
    return { message: error.message, code: error.usage ? exit.usage : exit.failed };
  if (error instanceof Interrupted) return { message: error.message, code: exit.interrupted };
  if (error instanceof NotAllowed || isSystemic(error))
    return { message: error.message, code: exit.failed };
  const away = storeAwayIn(error);
  if (away !== undefined) return { message: away.message, code: exit.failed };
  const said = error instanceof Error ? error.message : String(error);
  return { message: `Something went wrong on our side: ${said}`, code: exit.failed };
}
