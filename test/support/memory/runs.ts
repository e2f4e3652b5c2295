import { runId, type FlowName, type RunId } from "#domain/ids.ts";
import type { Runs } from "#domain/ports/runs.ts";
import { isOver, noCounts, type Run } from "#domain/run.ts";
import type { DeadLetter } from "#domain/dead-letter.ts";
import { memoryBulkRetries } from "./bulk-retries.ts";
import type { Memory, StoredRun } from "./memory.ts";

const asRun = ({
  epoch: _e,
  beat: _b,
  stopBy: _s,
  pauseBy: _p,
  takenAt: _t,
  reached: _r,
  ...run
}: StoredRun): Run => run;

/** Runs in memory. One epoch counts for a whole flow: a claim fences every earlier worker of it. */
export function memoryRuns(memory: Memory): Runs {
  const all = () => [...memory.runs.values()];
  const change = (id: RunId, part: Partial<StoredRun>): void => {
    const run = memory.runs.get(id);
    if (run !== undefined) memory.runs.set(id, { ...run, ...part });
  };
  const alive = (run: StoredRun, at: Temporal.Instant, staleMs: number): boolean =>
    run.beat !== null && at.since(run.beat).total("milliseconds") < staleMs;
  const leave = (flow: FlowName, at: Temporal.Instant): void => {
    if (!memory.left.has(flow)) memory.left.set(flow, at);
  };
  const takenFrom = (flow: FlowName): void => {
    const beats = all().flatMap((run) => (run.flow === flow ? (run.beat ?? []) : []));
    const last = beats.sort(Temporal.Instant.compare).at(-1);
    if (last !== undefined) leave(flow, last);
  };
  const turnedTo = ({ flow }: StoredRun, { kind }: Run["state"]): void => {
    if (kind !== "running") leave(flow, memory.clock.now());
  };
  const add = (asked: Pick<Run, "flow" | "trigger" | "work" | "channel">, at: Temporal.Instant) => {
    const run: StoredRun = {
      ...asked,
      id: runId(memory.nextId("run")),
      state: { kind: "queued" },
      counts: noCounts,
      arrived: false,
      total: null,
      version: null,
      queuedAt: at,
      startedAt: null,
      endedAt: null,
      epoch: 0,
      beat: null,
      stopBy: null,
      pauseBy: null,
      takenAt: null,
      reached: null,
    };
    memory.runs.set(run.id, run);
    return asRun(run);
  };
  const turnLetter = (
    id: DeadLetter["id"],
    state: DeadLetter["state"],
    entry: DeadLetter["history"][number],
  ): void => {
    const letter = memory.letters.get(id);
    if (letter === undefined) return;
    const { version, history } = letter;
    const next = { ...letter, state, version: version + 1, history: [...history, entry] };
    memory.letters.set(id, next);
  };
  /** What a retry that is over did not come to is open again. */
  const release = (
    { work, queuedAt, takenAt }: StoredRun,
    by: string,
    at: Temporal.Instant,
  ): void => {
    for (const id of work.kind === "retry" ? work.letters : []) {
      const state = memory.letters.get(id)?.state;
      const since = takenAt ?? queuedAt;
      if (state?.kind === "retrying" && Temporal.Instant.compare(state.since, since) <= 0)
        turnLetter(id, { kind: "open" }, { at, by, what: "Not tried" });
    }
  };
  const isCurrent = (run: StoredRun | undefined, epoch: number): run is StoredRun =>
    run !== undefined && run.epoch === epoch && memory.epochs.get(run.flow) === epoch;

  const retries = memoryBulkRetries(memory, { add, change, isCurrent, turnLetter });

  return {
    ...retries,
    async queue(asked, at) {
      const same = all().find(
        (run) => run.flow === asked.flow && run.work.kind === "sync" && !isOver(run.state),
      );
      return same === undefined
        ? { run: add(asked, at), fresh: true }
        : { run: asRun(same), fresh: false };
    },
    async retry(flow, ids, by, at, { as, unsure = false } = {}) {
      const taken = ids.filter((id) => {
        const letter = memory.letters.get(id);
        if (letter?.flow !== flow || letter.state.kind !== "open") return false;
        return unsure || letter.problem.class !== "ambiguous_write";
      });
      for (const id of taken)
        turnLetter(id, { kind: "retrying", by, since: at }, { at, by, what: "Retry" });
      if (taken.length === 0) return undefined;
      const work: Run["work"] = { kind: "retry", letters: taken, ...(as && { as }) };
      return add({ flow, trigger: { kind: "person", by }, work, channel: null }, at);
    },
    async carryOut(flow, by, at) {
      const work = { kind: "retry", letters: [] } as const;
      return add({ flow, trigger: { kind: "person", by }, work, channel: null }, at);
    },
    async bring(flow, keys, trigger, at) {
      return add({ flow, trigger, work: { kind: "bring", keys }, channel: null }, at);
    },
    async get(id) {
      const run = memory.runs.get(id);
      return run && asRun(run);
    },
    async list({ flow, limit }) {
      return all()
        .filter((run) => flow === undefined || run.flow === flow)
        .reverse()
        .slice(0, limit)
        .map(asRun);
    },
    async unfinished() {
      return all()
        .filter((run) => !isOver(run.state))
        .map(asRun);
    },
    async claim(id, at, staleMs) {
      const run = memory.runs.get(id);
      if (run === undefined || isOver(run.state) || run.state.kind === "paused") return undefined;
      if (all().some((other) => other.flow === run.flow && alive(other, at, staleMs)))
        return undefined;
      const epoch = (memory.epochs.get(run.flow) ?? 0) + 1;
      memory.epochs.set(run.flow, epoch);
      takenFrom(run.flow);
      const as = run.work.kind === "retry" ? run.work.as : undefined;
      const version = as ?? memory.flows.get(run.flow)?.version ?? null;
      change(id, { epoch, beat: at, version });
      return { run: asRun({ ...run, epoch, version }), epoch };
    },
    async beat(id, epoch) {
      const run = memory.runs.get(id);
      if (!isCurrent(run, epoch) || isOver(run.state))
        return { ours: false, cancelled: false, by: null, paused: null };
      change(id, { beat: memory.clock.now() });
      return { ours: true, cancelled: run.stopBy !== null, by: run.stopBy, paused: run.pauseBy };
    },
    async turn(id, epoch, state, at) {
      const run = memory.runs.get(id);
      if (!isCurrent(run, epoch) || isOver(run.state)) return false;
      turnedTo(run, state);
      if (state.kind === "paused" && (run.pauseBy === null || run.stopBy !== null)) {
        change(id, { beat: null });
        return false;
      }
      change(id, {
        state,
        startedAt: run.startedAt ?? (state.kind === "running" ? at : null),
        endedAt: isOver(state) ? at : null,
        beat: state.kind === "running" ? at : null,
      });
      if (isOver(state)) release(run, state.kind === "cancelled" ? state.by : "Tieline", at);
      return true;
    },
    async setTotal(id, total) {
      change(id, { total });
    },
    async cancel(id, by, at) {
      const run = memory.runs.get(id);
      if (run === undefined || isOver(run.state)) return false;
      if (run.state.kind === "running") change(id, { stopBy: by });
      else {
        change(id, { state: { kind: "cancelled", by }, endedAt: at, beat: null });
        release(run, by, at);
      }
      return true;
    },
  };
}
