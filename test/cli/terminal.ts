import type { Cli } from "#cli/cli.ts";
import { runCli } from "#cli/run-cli.ts";
import { makeRoom, type Room } from "../operations/support/room.ts";

/** A terminal in front of the operations in memory; no other Tieline is running. */
export async function makeTerminal(room?: Room) {
  const there = room ?? (await makeRoom());
  const files = new Map<string, string>();
  const handed: string[] = [];
  const hand = (line: string): Promise<number> => {
    handed.push(line);
    return Promise.resolve(0);
  };
  const stop = new AbortController();

  const cli = (argv: readonly string[], out: string[] = [], err: string[] = []): Cli => ({
    argv,
    version: "0.1.0",
    user: "ada",
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    isTTY: false,
    columns: 80,
    async readText(path) {
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error("no"), { code: "ENOENT" });
      return text;
    },
    interrupted: stop.signal,
    ask: () => Promise.resolve(undefined),
    open: () => Promise.resolve({ perform: there.perform, async [Symbol.asyncDispose]() {} }),
    start: () => hand("start"),
    worker: () => hand("worker"),
    sandbox: (asked) => hand(`sandbox ${JSON.stringify(asked)}`),
    lint: (text, file) =>
      Promise.resolve(
        text === "" ? [{ file, line: 1, column: 1, message: "there is nothing here" }] : [],
      ),
  });

  return {
    room: there,
    files,
    handed,
    stop,
    cli,
    /** Types a line and waits for the prompt. */
    async type(line: string, more: Partial<Cli> = {}) {
      const out: string[] = [];
      const err: string[] = [];
      const argv = line.split(" ").filter(Boolean);
      const code = await runCli({ ...cli(argv, out, err), ...more });
      return { code, out: out.join(""), err: err.join("") };
    },
  };
}
export type Terminal = Awaited<ReturnType<typeof makeTerminal>>;
