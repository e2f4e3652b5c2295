import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { askRunning } from "#cli/control/ask.ts";
import { controlPath } from "#cli/control/path.ts";
import { serveControl } from "#cli/control/serve.ts";
import type { Cli } from "#cli/cli.ts";
import { runCli } from "#cli/run-cli.ts";
import { Mistake } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import { readConfig, type Config } from "./config.ts";
import { greet } from "./greet.ts";
import { keepHeapSmall } from "./heap.ts";
import { makeLog } from "./log.ts";
import { version } from "./version.ts";

// Whatever we write is for its owner alone: the database holds personal data.
process.umask(0o077);
keepHeapSmall();

/** Longer than all that waits for its end may take, and shorter than a supervisor waits (Kubernetes: 30 s). */
const endMs = 27_000;
const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The second one does not wait; what is lost by that is found again at the next start.
    if (stopped.signal.aborted) process.exit(130);
    stopped.abort();
    // A database that vanished without a word would be waited for.
    setTimeout(() => process.exit(1), endMs).unref();
  });
}
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.signal.aborted) resolve();
    stopped.signal.addEventListener("abort", () => resolve());
  });

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const cli: Cli = {
  argv: process.argv.slice(2),
  version: await version(),
  user: userInfo().username,
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: process.stdout.isTTY ?? false,
  columns: process.stdout.columns ?? 80,
  readText: (path) => readFile(path, "utf8"),
  interrupted: stopped.signal,

  ask(argv, files) {
    const question = { argv, files, isTTY: cli.isTTY, columns: cli.columns };
    return askRunning(controlPath(readConfig().dir), question, cli);
  },

  async open() {
    const config = readConfig();
    const { openCore } = await import("./core.ts");
    const { startRuns } = await import("./work.ts");
    const core = await openCore(config, quietLog(config));
    await startRuns(core);
    return core;
  },

  async start() {
    const config = readConfig();
    const { serve } = await import("./serve.ts");
    await using parts = new AsyncDisposableStack();
    const served = parts.use(await serve(config, logFor(config)));
    parts.use(await listenToTerminals(config, served.core.perform));
    for await (const line of greet(served, config.dir, stopped.signal)) say(line);
    await untilStopped();
    return 0;
  },

  async worker() {
    const config = readConfig();
    if (config.databaseUrl === null) {
      throw new Mistake("A further worker needs Postgres: set DATABASE_URL.", { usage: true });
    }
    const { openCore } = await import("./core.ts");
    const { startRuns } = await import("./work.ts");
    await using core = await openCore(config, logFor(config));
    await startRuns(core);
    say("Working; Ctrl-C stops it.");
    await untilStopped();
    return 0;
  },

  async sandbox({ only }) {
    const { openSandbox, describe, toolsNamed } = await import("./serve.ts");
    const config = readConfig();
    await using sandbox = await openSandbox(
      config.dir,
      toolsNamed(only),
      only === null || only.includes("slack"),
    );
    say(JSON.stringify(describe(sandbox)));
    await untilStopped();
    return 0;
  },

  async lint(text, file) {
    const { lintManifest } = await import("#connectors/manifest/lint.ts");
    return lintManifest(text, file);
  },
};

const logFor = (config: Config): Log =>
  config.slack.kind === "sandbox"
    ? quietLog(config)
    : makeLog(config.logLevel, null, () => secretsOf(config));
/** To a file, so that a terminal shows only what was asked for. */
const quietLog = (config: Config): Log =>
  makeLog(config.logLevel, join(config.dir, "tieline.log"), () => secretsOf(config));

function* secretsOf({ slack, key }: Config): Iterable<string> {
  if (key !== null) yield key;
  if (slack.kind === "sandbox") return;
  yield slack.botToken;
  yield slack.kind === "socket" ? slack.appToken : slack.signingSecret;
}

/** Command lines of other processes in the same folder are carried out here: one process has the database. */
const listenToTerminals = (config: Config, perform: Awaited<ReturnType<Cli["open"]>>["perform"]) =>
  serveControl({
    socketPath: controlPath(config.dir),
    run: ({ argv, files, isTTY, columns }, stdout, stderr, interrupted) =>
      runCli({
        ...cli,
        ...{ argv, isTTY, columns, stdout, stderr, interrupted },
        readText: (path) => Promise.resolve(files[path] ?? ""),
        ask: () => Promise.resolve(undefined),
        open: () => Promise.resolve({ perform, [Symbol.asyncDispose]: () => Promise.resolve() }),
      }),
  });

process.exitCode = await runCli(cli);
