import type { DeadLetterId, FlowName, IncidentId, RunId } from "./ids.ts";

/** read = all the others together, or the run's books do not balance. */
export type Counts = {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Left out by the flow's filter, or by a person who discarded the record as it is. */
  filtered: number;
  deleted: number;
  deadLettered: number;
  held: number;
};

export const noCounts: Counts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  filtered: 0,
  deleted: 0,
  deadLettered: 0,
  held: 0,
};

export const written = (counts: Counts): number => counts.created + counts.updated + counts.deleted;

/** Zero when the books balance. */
export const imbalance = (counts: Counts): number =>
  counts.read -
  (written(counts) + counts.unchanged + counts.filtered + counts.deadLettered + counts.held);

/** Done, failed and cancelled are final: nothing changes them any more. */
export type RunState =
  | { kind: "queued" }
  | { kind: "running" }
  /** Waiting is not failure: the tool asked for it, or does not work just now. */
  | { kind: "waiting"; reason: string; until: Temporal.Instant }
  /** Until a person says go on. */
  | { kind: "paused"; by: string }
  | { kind: "done" }
  | { kind: "failed"; reason: string }
  | { kind: "cancelled"; by: string };

export type RunStatus = RunState["kind"];

export type OverState = Extract<RunState, { kind: "done" | "failed" | "cancelled" }>;

export const isOver = (state: RunState): state is OverState =>
  state.kind === "done" || state.kind === "failed" || state.kind === "cancelled";

export type RunTrigger =
  | { kind: "person"; by: string }
  | { kind: "schedule" }
  | { kind: "event" }
  /** By something that happened here. */
  | { kind: "published" };

export type RunWork =
  /**
   * `full` reads everything again instead of what changed. `approved`: the set of changes, as a foresight
   * tells it, that a person let through although it is more than the guard allows.
   */
  | { kind: "sync"; full: boolean; approved: string | null }
  /**
   * These dead letters, taken for it; as an earlier version of the flow would, if one is named. A bulk
   * retry holds only those in hand: it takes them a few at a time.
   */
  | { kind: "retry"; letters: readonly DeadLetterId[]; as?: number; bulk?: Bulk }
  /** These records of the source, because records of another flow refer to them. */
  | { kind: "bring"; keys: readonly string[] };

/** A retry of all that is open under one cause, or in the whole flow. */
export type Bulk = {
  incident: IncidentId | null;
  /** How many it has come to so far: with that it knows, after whatever end of its process, where it is. */
  taken: number;
};

export const bulkOf = ({ work }: Pick<Run, "work">): Bulk | null =>
  work.kind === "retry" ? (work.bulk ?? null) : null;

export type Run = {
  id: RunId;
  flow: FlowName;
  state: RunState;
  trigger: RunTrigger;
  work: RunWork;
  /** Which version of its flow it was last taken up with; null before. */
  version: number | null;
  counts: Counts;
  /** It has linked a record that was not linked before: others may wait for that one. */
  arrived: boolean;
  /** How many records the source said it has, once it said so. */
  total: number | null;
  queuedAt: Temporal.Instant;
  startedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  /** Where its progress is told, if somebody asked for it in a channel. */
  channel: string | null;
};
