import type { Conversion } from "#domain/conversion.ts";
import type { EntityName } from "#domain/entities/index.ts";
import type { EventType } from "#domain/event.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { Flow, FlowVersion } from "#domain/flow.ts";
import type { Incident } from "#domain/incident.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Run } from "#domain/run.ts";

export type FlowOperations = {
  "flows.list": { in: Record<never, never>; out: readonly FlowStatus[] };
  "flows.get": { in: { flow: string }; out: FlowStatus };
  /** `stopped`: what was queued, waiting or running for it, and is cancelled. */
  "flows.pause": {
    in: { flow: string; reason?: string };
    out: FlowStatus & { stopped: readonly Run[] };
  };
  /** Where the guard held a run, resuming starts another one, which may be held again. */
  "flows.resume": { in: { flow: string }; out: FlowStatus };
  "flows.preview": { in: { flow: string }; out: Preview };
  /** One that was made before, and the flow as it is now. */
  "flows.previewed": { in: { preview: string }; out: { preview: Preview; status: FlowStatus } };
  /** What the flow makes of a few records, personal data in full; audited. */
  "flows.samples": { in: { flow: string }; out: FlowSamples };
  /** Everything that a flow can go between, and what a new one is told unless a person says otherwise. */
  "flows.choices": { in: Record<never, never>; out: FlowChoices };
  /** Makes one that is off. */
  "flows.add": { in: { name: string; flow: FlowWords }; out: FlowSaved };
  /**
   * Adds a version; refused when `version` is not the newest. One that is on is changed with warnings
   * only where they were accepted.
   */
  "flows.change": {
    in: { flow: string; version: number; to: FlowWords; accept?: boolean };
    out: FlowSaved;
  };
  /** Turns on one that is off, as it was when it was previewed. */
  "flows.turn-on": { in: { preview: string; accept?: boolean }; out: FlowStatus };
  /** What removing it would undo. */
  "flows.removal": { in: { flow: string }; out: FlowRemoval };
  /** Refused while a run is running; what is queued or waiting is cancelled. */
  "flows.remove": { in: { flow: string }; out: FlowRemoval };
  /** In the words of the workspace file: one flow, or all. */
  "flows.export": { in: { flow?: string }; out: { text: string } };
  "flows.versions": { in: { flow: string }; out: FlowHistory };
  /** Makes an earlier version the newest. */
  "flows.use-version": { in: { flow: string; version: number }; out: FlowHistory };
};

/** A flow as it stands in a workspace file: `from: crm/contacts`, `match: [email]` … */
export type FlowWords = Readonly<Record<string, unknown>>;

/** One side that a flow may have: `crm/contacts`, of HubSpot. */
export type FlowEnd = {
  end: string;
  connection: string;
  title: string;
  object: ObjectFacts;
  /** How many calls its tool allows in a day; null where nothing is said of days. */
  daily: number | null;
};

export type FlowChoices = {
  ends: readonly FlowEnd[];
  /** What becomes what where both ends keep different kinds of record. */
  conversions: readonly Conversion[];
  /** Names that flows have already. */
  names: readonly string[];
  /** Which kinds of record flows bring from one connection to another. */
  brings: readonly { from: string; to: string; entity: EntityName }[];
  /** What flows tell, each with one that does. */
  published: readonly { event: EventType; flow: string }[];
  /** The workspace's own zone and channel. */
  zone: string;
  channel: string;
};

/** Something wrong with it; `field` as in the workspace file: `match`. */
export type FlowProblem = { field: string | null; message: string };

export type FlowSaved =
  | { kind: "wrong"; problems: readonly FlowProblem[] }
  /** Nothing was done: somebody has to accept these first. */
  | { kind: "warned"; warnings: readonly string[] }
  | { kind: "saved"; status: FlowStatus; warnings: readonly string[] };

/** What the flow does with each field it could fill. */
export type FieldMove = {
  field: string;
  label: string;
  personal: boolean;
  how:
    | { kind: "same" }
    | { kind: "from"; field: string; label: string }
    | { kind: "always"; value: Value }
    | { kind: "left_out" }
    /** The source does not have it. */
    | { kind: "nothing" };
};

export type FlowSamples = {
  flow: Flow;
  titles: { from: string; to: string };
  objects: { from: ObjectFacts; to: ObjectFacts };
  moves: readonly FieldMove[];
  records: readonly { title: string; source: Fields; target: Fields | null }[];
  /** Why no record could be read; null where that worked. */
  problem: string | null;
};

export type FlowRemoval = {
  flow: Flow;
  /** What is queued, waiting or running. */
  current: Run | null;
  openLetters: number;
  links: number;
  /** Connections that no other flow uses. */
  unused: readonly string[];
};

export type FlowHistory = {
  flow: Flow;
  /** The newest first, at most twenty. */
  versions: readonly FlowVersion[];
  more: number;
};

export type FlowStatus = {
  flow: Flow;
  /** Queued, waiting or running. */
  current: Run | null;
  /** The newest that is over. */
  last: Run | null;
  openLetters: number;
  incidents: readonly Incident[];
  /** When the schedule starts it next. */
  next: Temporal.Instant | null;
  /** "QuickBooks" */
  titles: { from: string; to: string };
  /** How changes come to be known, where it waits for events and its source can be read as well. */
  told: string | null;
};

export type PreviewChange = {
  key: string;
  /** Given for what would come back to the source of a two-way flow; `key` is its id at the target then. */
  way?: "back";
  action: "create" | "update" | "delete" | "conflict" | "invalid";
  fields: Readonly<Record<string, { from: Value; to: Value }>>;
  /** Of these, the ones that refer to a record which is brought there first: `to` is its id at its source. */
  first?: readonly string[];
};
export type Preview = {
  /** Under which it can be looked at again for a while, and turned on. */
  id: string;
  flow: string;
  titles: FlowStatus["titles"];
  /** The version of the flow that it foresees, and whether that is on. */
  version: number;
  on: boolean;
  at: Temporal.Instant;
  /** What is wrong with the flow as things are now, and what is to be thought about. */
  errors: readonly string[];
  warnings: readonly string[];
  create: number;
  update: number;
  unchanged: number;
  filtered: number;
  delete: number;
  conflict: number;
  invalid: number;
  /** How the two sides meet; null where records go one way. */
  review: Review | null;
  changes: readonly PreviewChange[];
};

/** Records that are on both sides and not linked yet, those that may be several, and those on one side alone. */
export type Review = Readonly<
  Record<
    "matched" | "ambiguous" | "onlySource" | "onlyTarget",
    /** `samples`: what to call a few of them; personal data. */
    { count: number; samples: readonly string[] }
  >
>;
