import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { planCacheMode } from "./plan-cache.ts";

/**
 * Postgres on a thread of its own. What comes in is what a client says to a server, whole messages at a
 * time; what goes out is what a server answers. `"close"` ends it. What it cannot survive ends the thread.
 */
const { dataDir } = workerData as { dataDir: string | null };
const pglite = await PGlite.create({
  ...(dataDir === null ? {} : { dataDir }),
  relaxedDurability: false,
  startParams: [...PGlite.defaultStartParams, "-c", `plan_cache_mode=${planCacheMode}`],
});
const breakdowns = watch();
const port = parentPort;
port?.on("message", (said: Uint8Array | "close") => {
  if (said === "close") void pglite.close().then(() => port.close());
  else answer(said);
});
port?.postMessage("open");

function answer(said: Uint8Array): void {
  const answers = run(said);
  // Of a transaction that failed nothing is left: the next to speak may be somebody else.
  if (answers.at(-1)?.at(-1) === failed) run(rollback);
  const whole = joined(answers);
  port?.postMessage(whole, [whole.buffer]);
}

/** @throws what broke down, instead of any answer */
function run(said: Uint8Array): Uint8Array[] {
  const answers: Uint8Array[] = [];
  const onRawData = (bytes: Uint8Array) => answers.push(bytes.slice());
  // Done when it returns: the promise is for filesystems that are not one.
  void pglite.execProtocolRawStream(said, { syncToFs: false, onRawData });
  if (breakdowns.length > 0) throw breakdowns[0];
  return answers;
}

/** In memory of its own, which can change hands. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The last byte of ReadyForQuery in a failed transaction. */
const failed = "E".charCodeAt(0);
const rollback = Buffer.from("Q\0\0\0\x0drollback\0", "latin1");

/**
 * Whatever goes wrong with the machine that Postgres runs on: PGlite 0.5.16 passes over it, and answers as
 * if there had been no rows. Status 100 is Postgres itself leaving a statement that failed.
 */
function watch(): readonly unknown[] {
  const broken: unknown[] = [];
  const machine = pglite.Module;
  const once = machine._PostgresMainLoopOnce.bind(machine);
  machine._PostgresMainLoopOnce = () => {
    try {
      once();
    } catch (error) {
      if ((error as { status?: number }).status !== 100) broken.push(error);
      throw error;
    }
  };
  return broken;
}
