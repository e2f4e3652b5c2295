import type { EventType } from "./event.ts";
import type { ConnectionName, FlowName } from "./ids.ts";
import type { Where } from "./condition.ts";
import type { Value } from "./fields.ts";
import type { Truth } from "./truth.ts";

/** One side of a flow: an object of a connection, `crm/contacts`. */
export type End = { connection: ConnectionName; object: string };

export type Trigger =
  | { kind: "manual" }
  | { kind: "cron"; cron: string; zone: string }
  /** Something arrived for its source, or its tool told that something changed there. */
  | { kind: "event" }
  /** Something of this type happened here, and the fields it tells of have these values. */
  | { kind: "published"; event: EventType; where: Where };

/** What to do at the target when a record is gone at the source; in a two-way flow the other way too. */
export type Deletes = "ignore" | "archive";

export type FlowState =
  | { kind: "on" }
  /** Made and never turned on: it waits for somebody to look at its preview. */
  | { kind: "off"; by: string; at: Temporal.Instant }
  /** `held`: a run would have changed more than the guard allows; a person has to let it through. */
  | { kind: "paused"; reason: string; held: boolean; by: string; at: Temporal.Instant };

/** What one run may do to linked records before a person is asked: a share of them, a number of deletes. */
export type Guard = { changes: number; deletes: number };

/** Where nobody says otherwise. */
export const usualGuard: Guard = { changes: 0.25, deletes: 5 };

/** How many linked records a run may change; never fewer than it may delete. */
export const changesAllowed = ({ changes, deletes }: Guard, linked: number): number =>
  Math.max(Math.floor(changes * linked), deletes);

/** From one time of day to another, which may be of the next day: `22:00` to `06:00`. */
export type Window = { from: string; to: string; zone: string };

/** What a person said a flow should do. */
export type FlowPlan = {
  name: FlowName;
  from: End;
  to: End;
  /** Name of the conversion, where the two ends hold different kinds of record. */
  convert: string | null;
  /** Canonical fields by which a record without a link is looked for at the target. */
  match: readonly string[];
  /** Only records whose canonical fields are like this. */
  where: Where;
  /** Canonical field of the target: canonical field of the source. */
  map: Readonly<Record<string, string>>;
  /** Constants at the target. */
  set: Readonly<Record<string, Value>>;
  /** Null where records go from the source to the target alone. */
  twoWay: Truth | null;
  /** Canonical fields of the target that the flow keeps its hands off. */
  leaveOut: readonly string[];
  /** References to what is brought first where it is not at the target yet. */
  pull: readonly string[];
  deletes: Deletes;
  guard: Guard | null;
  trigger: Trigger;
  /** Hours in which its runs read and write; outside them they wait. Null is the whole day. */
  window: Window | null;
  /** The part of the calls a tool allows in a day that it may make, from 0 to 1; null is all there are. */
  share: number | null;
  /** Where its cards go: `#integrations` or a channel id; null is the workspace's own channel. */
  channel: string | null;
  /** Slack user id. */
  owner: string | null;
  about: string;
};

/** `version`: which of its versions this is, from 1. */
export type Flow = FlowPlan & { state: FlowState; version: number };

/** What a flow was to do from one moment on. Never changes. */
export type FlowVersion = {
  flow: FlowName;
  version: number;
  plan: FlowPlan;
  by: string;
  at: Temporal.Instant;
  /** What was new in it, in a sentence. */
  what: string;
};

/** The zone in which its days begin and end. */
export const zoneOf = ({ trigger, window }: Pick<FlowPlan, "trigger" | "window">): string =>
  trigger.kind === "cron" ? trigger.zone : (window?.zone ?? "UTC");

export const endText = (end: End): string => `${end.connection}/${end.object}`;

/** Where a flow reads: changes there start one that waits for events. */
export const endsRead = ({ from, to, twoWay }: Pick<FlowPlan, "from" | "to" | "twoWay">): End[] =>
  twoWay === null ? [from] : [from, to];
