import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Point } from "./points.ts";
import { sightingsAt, variables, type Sighting } from "./sightings.ts";

const main = new URL("../../src/tieline.js", import.meta.url).pathname;
const traps = new URL("traps/set.ts", import.meta.url).pathname;

export type Trap = { point: Point; passes: number };

/** A process of the real program, started as a person would. */
export type Worker = {
  /** Its own folder, where its command line is listened to. */
  dir: string;
  pid: number;
  /** Resolves once it does what it is for; false when it ended before. */
  ready: Promise<boolean>;
  /** When it ended, and how. */
  ended: Promise<{ at: number; code: number | null }>;
  isOver(): boolean;
  /** From now on its trap closes. */
  arm(): void;
  signal(signal: NodeJS.Signals): void;
  /** The last it said. */
  words(): string;
};

type Given = {
  env: Record<string, string>;
  dir: string;
  trap: Trap | null;
  see(sighting: Sighting, pid: number): void;
};

export function startWorker({ env, dir, trap, see }: Given): Worker {
  const gate = `${dir}.armed`;
  rmSync(gate, { force: true });
  const set = trap === null ? {} : { [variables.trap]: trap.point, [variables.passes]: String(trap.passes) }; // prettier-ignore
  const flags = ["--disable-warning=ExperimentalWarning", "--import", traps];
  const child = spawn(process.execPath, [...flags, main, "start"], {
    env: { ...withoutOurs(process.env), PORT: "0", ...env, ...set, TIELINE_DIR: dir, [variables.gate]: gate }, // prettier-ignore
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const pid = child.pid ?? 0;
  let over = false;
  let words = "";
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit").then(([code]) => {
    process.off("exit", kill);
    over = true;
    return { at: Date.now(), code: code as number | null };
  });
  const hear = (chunk: Buffer): void => void (words = (words + chunk.toString()).slice(-2000));
  const { promise: up, resolve } = Promise.withResolvers<boolean>();
  child.stdout?.on("data", (chunk: Buffer) => {
    hear(chunk);
    if (words.includes("serving your Slack workspace")) resolve(true);
  });
  child.stderr?.on("data", hear);
  const sightings = createInterface({ input: child.stdio[sightingsAt] as Readable });
  sightings.on("line", (line) => see(JSON.parse(line) as Sighting, pid));

  return {
    dir,
    pid,
    ready: Promise.race([up, ended.then(() => false)]),
    ended,
    isOver: () => over,
    arm: () => writeFileSync(gate, ""),
    signal: (signal) => void (over || child.kill(signal)),
    words: () => words,
  };
}

/** What the person who starts this has set must not decide what the workers do. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(TIELINE_|SLACK_|DATABASE_URL|PUBLIC_URL|HOST$|PORT$|LOG_LEVEL|CHAOS_)/.test(name)), // prettier-ignore
  );
