import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const main = new URL("../../src/tieline.js", import.meta.url).pathname;

/** A Tieline process of its own, as a person would start it. */
export type Process = AsyncDisposable & {
  child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Waits until it has printed this. @throws when it ended before, or after five minutes */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it and waits for that; SIGKILL leaves it no time for anything. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

export function startTieline(args: readonly string[], env: Record<string, string>): Process {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...withoutOurs(process.env), PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const hear = (chunk: Buffer): void => void (text += chunk.toString("utf8"));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      process.off("exit", kill);
      resolve(code);
    }),
  );

  const end = async (signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    child,
    output: () => text,
    async printed(pattern) {
      const deadline = Date.now() + 300_000;
      for (;;) {
        const found = pattern.exec(text);
        if (found !== null) return found;
        if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
          throw new Error(`${args.join(" ")} did not print ${pattern}; it printed:\n${text}`);
        }
        await sleep(20);
      }
    },
    end,
    async [Symbol.asyncDispose]() {
      const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end();
      clearTimeout(patience);
    },
  };
}

/** Runs a verb to its end. */
export async function tieline(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...withoutOurs(process.env), PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => void (err += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, err };
}

/** An empty folder, gone at the end. */
export async function emptyFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tieline-"));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** What the person running the tests has set must not decide what the tests see. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(TIELINE_|SLACK_|DATABASE_URL|PUBLIC_URL|HOST$|PORT$|LOG_LEVEL)/.test(name),
    ),
  );
