import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Operation, Result } from "./operation.ts";

export type Batch = {
  id: string;
  submitted: number;
  operations: Operation[];
  /** Of each operation, in the order in which they ran; null until then. */
  results: Result[][] | null;
};

export type Batches = Disposable & {
  all(): Batch[];
  /** Undefined a week after it was submitted. */
  get(id: string): Batch | undefined;
  add(operations: Operation[]): Batch;
  remove(id: string): void;
  status(batch: Batch): "pending" | "preprocessing" | "started" | "finalizing" | "finished";
  /** From submitted to finished. */
  lastsMs: number;
};

const WEEK_MS = 604_800_000;
/** The parts of its time at which a batch goes over to the next state. */
const STEPS = [0.15, 0.3, 0.8, 1] as const;

/** Jobs that are accepted at once and run a while later, in an order that nobody promises. */
export function openBatches(shelf: Shelf, run: (operation: Operation) => Result[]): Batches {
  const kept = shelf.collection<Batch>("batches");
  const timers = new Set<NodeJS.Timeout>();
  const partOf = ({ submitted }: Batch) => (Date.now() - submitted) / Math.max(self.lastsMs, 1);

  function carryOut(id: string): void {
    const batch = kept.get(id);
    if (batch === undefined || batch.results !== null) return;
    // Backwards, for whoever relies on their order.
    const results = batch.operations.toReversed().map(run);
    kept.set(id, { ...batch, results });
  }

  /** What is due runs now, also where the process was not there when it was. */
  function current(batch: Batch): Batch {
    if (partOf(batch) >= STEPS[1]) carryOut(batch.id);
    return kept.get(batch.id) ?? batch;
  }

  const self: Batches = {
    lastsMs: 300,
    all: () =>
      [...kept.values()].filter(({ submitted }) => submitted > Date.now() - WEEK_MS).map(current),
    get(id) {
      const batch = kept.get(id);
      if (batch === undefined || batch.submitted <= Date.now() - WEEK_MS) return undefined;
      return current(batch);
    },
    add(operations) {
      const id = randomBytes(5).toString("hex");
      const batch: Batch = { id, submitted: Date.now(), operations, results: null };
      kept.set(id, batch);
      const timer = setTimeout(() => {
        timers.delete(timer);
        carryOut(id);
      }, self.lastsMs * STEPS[1]).unref();
      timers.add(timer);
      return batch;
    },
    remove: (id) => kept.delete(id),
    status(batch) {
      const part = partOf(batch);
      if (part < STEPS[0]) return "pending";
      if (part < STEPS[1]) return "preprocessing";
      if (part < STEPS[2]) return "started";
      return part < STEPS[3] ? "finalizing" : "finished";
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
  return self;
}
