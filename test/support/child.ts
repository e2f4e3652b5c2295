import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type Child = AsyncDisposable & {
  process: ChildProcess;
  /** The lines it printed so far. */
  lines: readonly string[];
  /** Resolves once it has printed a line that begins so; rejects when it ends before. */
  said(start: string): Promise<string>;
  /** As a power cut would end it, but for what the system still writes. */
  kill(): Promise<void>;
};

/** A process of our own that runs this file; gone when disposed. */
export function runChild(file: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [file.pathname, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const read = createInterface({ input: child.stdout });
  read.on("line", (line) => lines.push(line));
  const ended = once(child, "exit");

  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  };
  return {
    process: child,
    lines,
    async said(start) {
      for (;;) {
        const line = lines.find((line) => line.startsWith(start));
        if (line !== undefined) return line;
        const more = await Promise.race([once(read, "line"), ended.then(() => undefined)]);
        if (more === undefined) throw new Error(`it ended without “${start}”: ${lines.join("\n")}`);
      }
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
