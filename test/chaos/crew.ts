import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ending } from "./plan.ts";
import type { Point } from "./points.ts";
import type { Watch } from "./watch.ts";
import { startWorker, type Trap, type Worker } from "./worker.ts";

type Setup = {
  /** How many processes share the work; one where the database is embedded. */
  size: 1 | 2;
  folder: string;
  env: Record<string, string>;
  watch: Watch;
  say(how: string): void;
};

export type Tally = {
  kills: number;
  freezes: number;
  /** How long each orderly end took, in ms. */
  drains: number[];
  /** Ends that nobody asked for: the database was away, and the process did not trust it any more. */
  fell: string[];
};

/** A trap that nobody has stepped into for so long stays open: the kill comes at any time instead. */
const patienceMs = 10_000;
/** Longer than a worker may be silent (`staleMs` in `src/engine/heart.ts`). */
const frozenMs = 11_000;
/** So often a trap is set again that nobody stepped into. */
const mostSettings = 6;
/** As much as an orderly end may take. */
const drainMs = 25_000;

/** Keeps workers at work, each until its end; where there are two, one is never killed without the other. */
export function makeCrew({ size, folder, env, watch, say }: Setup) {
  const workers: (Worker | null)[] = Array.from({ length: size }, () => null);
  const tally: Tally = { kills: 0, freezes: 0, drains: [], fell: [] };
  const works = new Set<Worker>();
  /** Those whose end has begun. */
  const leaving = new Set<Worker>();
  /** Those who wait for that. */
  const queue: Worker[] = [];

  const folderOf = (place: number): string => join(folder, `worker-${String(place + 1)}`);

  function start(place: number, trap: Trap | null): Worker {
    const worker = startWorker({ env, dir: folderOf(place), trap, see: watch.see });
    workers[place] = worker;
    void worker.ready.then((ready) => {
      if (ready) works.add(worker);
    });
    void worker.ended.then(({ at }) => {
      works.delete(worker);
      leaving.delete(worker);
      watch.gone(worker.pid, at);
    });
    return worker;
  }

  /** @throws when a worker cannot be had */
  async function up(place: number, trap: Trap | null): Promise<Worker> {
    for (let tries = 0; ; tries += 1) {
      const worker = start(place, trap);
      if (await worker.ready) return worker;
      if (tries === 40) throw new Error(`No worker starts; the last one said: ${worker.words()}`);
      await sleep(500);
    }
  }

  /** Waits until there is another one that stays; from then on this one does not. In their order. */
  async function takeLeave(worker: Worker): Promise<void> {
    if (size === 1) return;
    const stays = (one: Worker): boolean => one !== worker && !leaving.has(one);
    queue.push(worker);
    while (!worker.isOver() && !(queue[0] === worker && [...works].some(stays))) await sleep(20);
    queue.splice(queue.indexOf(worker), 1);
    leaving.add(worker);
  }

  function fell(worker: Worker): void {
    const words = worker.words().trim();
    say(`a worker ended by itself: ${words}`);
    tally.fell.push(words.split("\n").at(-1) ?? "");
  }

  /** `fell`: it ended by itself before; `missed`: at any time instead of in its trap. */
  async function kill(
    worker: Worker,
    trap: Trap | null,
    afterMs: number,
  ): Promise<"done" | "missed" | "fell"> {
    worker.arm();
    const dead = worker.ended.then(() => true);
    const died = await Promise.race([dead, sleep(trap === null ? afterMs : patienceMs, false)]);
    if (!died) worker.signal("SIGKILL");
    const { code } = await worker.ended;
    if (code !== null) {
      fell(worker);
      return "fell";
    }
    tally.kills += 1;
    return died || trap === null ? "done" : "missed";
  }

  async function freeze(worker: Worker): Promise<void> {
    while (!watch.hasWork(worker.pid) && !worker.isOver()) await sleep(5);
    worker.signal("SIGSTOP");
    works.delete(worker);
    watch.gone(worker.pid, Date.now());
    await sleep(frozenMs);
    worker.signal("SIGCONT");
    tally.freezes += 1;
    // It finds out that others have its work, and does no harm meanwhile.
    await sleep(2_000);
    worker.signal("SIGKILL");
    await worker.ended;
    tally.kills += 1;
  }

  async function drain(worker: Worker): Promise<void> {
    while (!watch.hasWork(worker.pid) && !worker.isOver()) await sleep(5);
    const asked = Date.now();
    worker.signal("SIGTERM");
    const { at, code } = await worker.ended;
    if (code !== 0)
      throw new Error(`SIGTERM ended a worker with ${String(code)}: ${worker.words()}`);
    if (at - asked > drainMs) throw new Error(`SIGTERM took ${String(at - asked)} ms`);
    tally.drains.push(at - asked);
  }

  const settings = new Map<Point, number>();
  function again(endings: Ending[], ending: Ending, end: "done" | "missed" | "fell"): void {
    if (end === "fell") endings.unshift(ending);
    if (end !== "missed" || ending.kind !== "trap") return;
    const { point } = ending.trap;
    const set = (settings.get(point) ?? 1) + 1;
    settings.set(point, set);
    if (set <= mostSettings) endings.push({ kind: "trap", trap: { point, passes: 1 } });
  }

  /** One worker after the other in one place, for as long as there are endings. */
  async function serve(place: number, endings: Ending[], enough: AbortSignal): Promise<void> {
    for (;;) {
      const ending = enough.aborted ? undefined : endings.shift();
      if (ending === undefined) break;
      const trap = ending.kind === "trap" ? ending.trap : null;
      const old = workers[place];
      const worker = old == null || old.isOver() || trap !== null ? await up(place, trap) : old;
      await takeLeave(worker);
      switch (ending.kind) {
        case "trap":
          again(endings, ending, await kill(worker, ending.trap, 0));
          break;
        case "random":
          again(endings, ending, await kill(worker, null, ending.afterMs));
          break;
        case "freeze":
          await freeze(worker);
          break;
        case "drain":
          await drain(worker);
          break;
        default:
          ending satisfies never;
      }
    }
    await up(place, null);
  }

  return {
    tally,
    size,
    /** Where the first of them keeps what is its own: all there is, if the database is embedded. */
    firstFolder: folderOf(0),
    /** How each is, and the last it said. */
    standing: (): string[] =>
      workers.map((worker, place) => {
        if (worker === null) return `worker ${String(place + 1)} was never started`;
        const how = [
          worker.isOver() ? "over" : "alive",
          works.has(worker) ? "at work" : "not at work",
        ];
        if (leaving.has(worker)) how.push("about to end");
        if (watch.hasWork(worker.pid)) how.push("has a run in hand");
        return `worker ${String(place + 1)} is ${how.join(", ")} and said: ${worker.words().trim()}`;
      }),
    folders: (): string[] => [...works].map(({ dir }) => dir),
    /** Lets the workers live and die; when it resolves, all of them are at work. */
    async live(endings: readonly Ending[], enough: AbortSignal): Promise<void> {
      const left = [...endings];
      await Promise.all(workers.map((_, place) => serve(place, left, enough)));
    },
    /** In order, as by SIGTERM. */
    async stop(): Promise<void> {
      for (const worker of workers) worker?.signal("SIGTERM");
      await Promise.all(workers.map((worker) => worker?.ended));
    },
    /** At once. */
    async [Symbol.asyncDispose](): Promise<void> {
      for (const worker of workers) worker?.signal("SIGKILL");
      await Promise.all(workers.map((worker) => worker?.ended));
    },
  };
}

export type Crew = ReturnType<typeof makeCrew>;
