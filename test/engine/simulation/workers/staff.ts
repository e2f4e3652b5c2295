import { isOver } from "#domain/run.ts";
import { noted } from "../faults/matrix.ts";
import { leaseMs } from "../store/vault.ts";
import { type SimJob, textOf } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { makeWorker, type Worker } from "./worker.ts";

/** The processes of a life: they take jobs, go down, and are started again. */
export function makeStaff(world: World) {
  const { clock, store, chance } = world;
  const { jobs } = store;
  const all = new Map<number, Worker>();
  let ids = 0;
  let over = false;
  let deaths = 0;
  const never = new AbortController().signal;
  const places = Object.values(world.outside.places);

  async function somethingToDo(): Promise<void> {
    const due = jobs.nextDue();
    if (due === null) return jobs.changed();
    const enough = new AbortController();
    const wait = clock.sleep(Math.max(0, due - clock.ms()), enough.signal);
    await Promise.race([jobs.changed(), wait.catch(() => undefined)]);
    enough.abort("enough");
  }

  /** A job that failed comes again after a while. */
  const perform = (worker: Worker, job: SimJob): Promise<void> =>
    worker.perform(job).catch(() => jobs.add(job, clock.ms() + 1_000 + chance.whole(4_000)));

  async function one(worker: Worker): Promise<void> {
    const job = jobs.take(worker.id);
    if (job === null) return somethingToDo();
    world.trace(`worker ${String(worker.id)} takes ${textOf(job)}`);
    const work = perform(worker, job);
    const ended = work.then(() => true);
    while (!(await Promise.race([ended, worker.gate.down().then(() => false)]))) {
      jobs.lost(worker.id);
      if (worker.gate.life().kind === "dead") {
        deaths += 1;
        return;
      }
      await worker.gate.untilUp();
    }
    jobs.done(worker.id);
  }

  async function live(worker: Worker): Promise<void> {
    while (!over && !worker.closing.signal.aborted && worker.gate.life().kind !== "dead")
      await one(worker);
    if (worker.closing.signal.aborted) all.delete(worker.id);
  }

  function start(): Worker {
    const worker = makeWorker((ids += 1), world);
    all.set(worker.id, worker);
    world.trace(`worker ${String(worker.id)} starts`);
    // The rows are the truth: what a process that is gone left behind is taken up again.
    for (const run of world.memory.runs.values())
      if (!isOver(run.state)) jobs.add({ kind: "run", run: run.id });
    for (const { name, trigger, state } of world.memory.flows.values())
      if (trigger.kind !== "manual" && state.kind === "on") jobs.add({ kind: "event", flow: name });
    jobs.add({ kind: "published" });
    void live(worker);
    return worker;
  }

  const up = (): Worker[] => [...all.values()].filter(({ gate }) => gate.life().kind === "up");
  const someone = (): Worker | undefined => up()[chance.whole(Math.max(1, up().length))];

  /** One that goes down and comes back, or another in its place. */
  async function goDown(as: "dies" | "sleeps"): Promise<void> {
    const worker = someone();
    if (worker === undefined) return;
    const calls = 1 + chance.whole(40);
    const worst = calls % 2 === 0 ? "intend" : "moment";
    worker.gate.doom({ as, calls, effect: chance.pick(["before", "after"]), worst });
    const least = as === "sleeps" ? world.plan.sleepMs : 5_000;
    // Who sleeps for long may have been about to renew what others need meanwhile.
    if (least > leaseMs && worst === "moment") for (const { signIn } of places) signIn.expire();
    await clock.sleep(least + chance.whole(60_000), never);
    if (worker.gate.life().kind === "asleep") worker.gate.wake();
    if (worker.gate.life().kind !== "dead") return;
    all.delete(worker.id);
    start();
  }

  function crash(id: number): void {
    const worker = all.get(id);
    if (worker?.gate.life().kind !== "up") return;
    worker.gate.kill();
    all.delete(id);
    void clock.sleep(5_000 + chance.whole(20_000), never).then(start);
  }

  function end(): void {
    const worker = someone();
    if (worker === undefined || all.size < 2) return;
    noted(world.coverage, "K2.sigterm");
    worker.closing.abort();
    // It may be waiting for a job.
    jobs.nudge();
    start();
  }

  /** Hands a run that is under way to another worker as well. */
  function twice(): void {
    const run = [...world.memory.runs.values()].find(({ state }) => state.kind === "running");
    const worker = someone();
    if (run === undefined || worker === undefined) return;
    noted(world.coverage, "K3.twice");
    void perform(worker, { kind: "run", run: run.id });
  }

  return {
    start,
    deaths: () => deaths,
    isUp: (id: number): boolean =>
      all.get(id) !== undefined && all.get(id)?.gate.life().kind !== "dead",
    asleepSince(id: number): number | null {
      const life = all.get(id)?.gate.life();
      return life?.kind === "asleep" ? life.since : null;
    },
    goDown,
    crash,
    end,
    twice,
    /** From here on nobody goes down any more. */
    calm(): void {
      for (const worker of all.values()) {
        worker.gate.calm();
        if (worker.gate.life().kind === "dead") all.delete(worker.id);
      }
      while (up().length < 2) start();
    },
    /** A life is over. */
    dismiss(): void {
      over = true;
      jobs.nudge();
    },
  };
}
export type Staff = ReturnType<typeof makeStaff>;
