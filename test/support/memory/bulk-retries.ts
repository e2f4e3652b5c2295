import type { DeadLetter } from "#domain/dead-letter.ts";
import type { RunId } from "#domain/ids.ts";
import type { Runs } from "#domain/ports/runs.ts";
import { bulkOf, isOver, type Run } from "#domain/run.ts";
import type { Memory, StoredRun } from "./memory.ts";

type Parts = {
  add(asked: Pick<Run, "flow" | "trigger" | "work" | "channel">, at: Temporal.Instant): Run;
  change(id: RunId, part: Partial<StoredRun>): void;
  isCurrent(run: StoredRun | undefined, epoch: number): run is StoredRun;
  turnLetter(
    id: DeadLetter["id"],
    state: DeadLetter["state"],
    entry: DeadLetter["history"][number],
  ): void;
};

/** Bulk retries in memory; the order of the dead letters is that in which they came. */
export function memoryBulkRetries(
  memory: Memory,
  { add, change, isCurrent, turnLetter }: Parts,
): Pick<Runs, "retryAll" | "takeMore" | "pause" | "resume"> {
  const bulkRun = (id: RunId): StoredRun | undefined => {
    const run = memory.runs.get(id);
    return run === undefined || isOver(run.state) || bulkOf(run) === null ? undefined : run;
  };
  const currentBulk = (flow: Run["flow"]) =>
    [...memory.runs.values()].find(
      (run) => run.flow === flow && bulkOf(run) !== null && !isOver(run.state),
    );

  return {
    async retryAll({ flow, incident, by, as, total, channel }, at) {
      const same = currentBulk(flow);
      if (same !== undefined) return { run: same, fresh: false };
      const bulk = { incident, taken: 0 };
      const work: Run["work"] = { kind: "retry", letters: [], bulk, ...(as && { as }) };
      const run = add({ flow, trigger: { kind: "person", by }, work, channel }, at);
      change(run.id, { total });
      return { run: { ...run, total }, fresh: true };
    },
    async takeMore(id, epoch, most, at) {
      const run = memory.runs.get(id);
      const bulk = run && bulkOf(run);
      if (!isCurrent(run, epoch) || !bulk || run.work.kind !== "retry") return [];
      const rows = [...memory.letters.values()];
      const start = run.reached === null ? 0 : rows.findIndex((row) => row.id === run.reached) + 1;
      const next = rows
        .slice(start)
        .filter(
          (letter) =>
            letter.flow === run.flow &&
            letter.state.kind === "open" &&
            (bulk.incident === null || letter.incident === bulk.incident) &&
            letter.problem.class !== "ambiguous_write" &&
            Temporal.Instant.compare(letter.firstSeen, run.queuedAt) <= 0,
        )
        .slice(0, most)
        .map((letter) => letter.id);
      for (const letter of run.work.letters)
        if (memory.letters.get(letter)?.state.kind === "retrying")
          turnLetter(letter, { kind: "open" }, { at, by: "Tieline", what: "Not tried" });
      const by = run.trigger.kind === "person" ? run.trigger.by : "Tieline";
      for (const letter of next)
        turnLetter(letter, { kind: "retrying", by, since: at }, { at, by, what: "Retry" });
      change(id, {
        work: { ...run.work, letters: next, bulk: { ...bulk, taken: bulk.taken + next.length } },
        takenAt: at,
        reached: next.at(-1) ?? run.reached,
      });
      return next;
    },
    async pause(id, by) {
      const run = bulkRun(id);
      if (run === undefined || run.pauseBy !== null) return false;
      const running = run.state.kind === "running";
      change(id, { pauseBy: by, ...(running ? {} : { state: { kind: "paused", by } }) });
      return true;
    },
    async resume(id) {
      const run = bulkRun(id);
      if (run === undefined || run.pauseBy === null) return false;
      const rests = run.state.kind === "paused";
      change(id, { pauseBy: null, ...(rests ? { state: { kind: "queued" } } : {}) });
      return true;
    },
  };
}
