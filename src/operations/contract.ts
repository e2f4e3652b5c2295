import type { Actor, Role } from "#domain/actor.ts";
import type { Connection } from "#domain/connection.ts";
import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Fields } from "#domain/fields.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import type { FlowIncident, OutsideIncident } from "#domain/incident.ts";
import type { AuditEntry, Grant } from "#domain/ports/people.ts";
import type { Standing } from "#domain/ports/registry.ts";
import type { FlowFigures, DayFigures, Settings } from "#domain/ports/settings.ts";
import type { Health } from "#domain/ports/tools.ts";
import type { Run } from "#domain/run.ts";
import type { ApprovalOperations, HeldApproval } from "./approvals/contract.ts";
import type { ConflictOperations } from "./conflicts/contract.ts";
import type { ConnectorOperations } from "./connectors/contract.ts";
import type { DeliveryOperations } from "./deliveries/contract.ts";
import type { DocsOperations } from "./docs/contract.ts";
import type { FlowOperations } from "./flows/contract.ts";
import type { RetryOperations } from "./letters/contract.ts";
import type { RecipeOperations } from "./recipes/contract.ts";
import type { HookOperations } from "./hooks/contract.ts";
import type { HubOperations } from "./hub/contract.ts";
import type { MapOperations } from "./map/contract.ts";

export type { AnyApproval, ApprovalView, HeldApproval } from "./approvals/contract.ts";
export type { ConflictLine, ConflictView, FlowConflicts } from "./conflicts/contract.ts";
export type {
  FieldMove,
  FlowChoices,
  FlowEnd,
  FlowHistory,
  FlowProblem,
  FlowRemoval,
  FlowSamples,
  FlowSaved,
  FlowStatus,
  FlowWords,
  Preview,
  PreviewChange,
  Review,
} from "./flows/contract.ts";
export type { DeliveriesView, ReplayPlan, ToldView } from "./deliveries/contract.ts";
export type { HooksView } from "./hooks/contract.ts";
export type { RetryPlan } from "./letters/contract.ts";
export type { RecipeOffer, RecipeUsed } from "./recipes/contract.ts";
export type { Runbook } from "./docs/contract.ts";
export type { OwnershipView, OwnerWords } from "./hub/contract.ts";
export type { FlowMap } from "./map/contract.ts";
export type { ConnectorChange, ConnectorHistory, ConnectorReview } from "./connectors/reviewed.ts";

/**
 * Everything a person can ask for, from wherever: name, what goes in, what comes out. All inputs are
 * what a person typed or a button carried; the gate checks them again.
 */
export type Operations = ApprovalOperations &
  ConflictOperations &
  ConnectorOperations &
  DeliveryOperations &
  DocsOperations &
  FlowOperations &
  RecipeOperations &
  RetryOperations &
  HookOperations &
  HubOperations &
  MapOperations &
  OtherOperations;

type OtherOperations = {
  "runs.start": {
    in: { flow: string; full?: boolean; channel?: string };
    /** `fresh` is false when one was queued or under way already; that one is returned. */
    out: { run: Run; fresh: boolean };
  };
  "runs.get": { in: { run: string }; out: Run };
  "runs.list": { in: { flow?: string; limit?: number }; out: readonly Run[] };

  "letters.list": {
    in: { flow?: string; incident?: string; after?: string; limit?: number };
    out: { letters: readonly LetterLine[]; total: number };
  };
  /** The whole record, personal data in full; audited. */
  "letters.show": { in: { letter: string }; out: LetterView };
  /** What the tool sent for it, letter for letter; audited. */
  "letters.raw": { in: { letter: string }; out: LetterBytes };
  /** Keeps a correction; refused when `version` is not the newest. */
  "letters.correct": {
    in: { letter: string; version: number; fields: Fields };
    out: { letter: LetterView };
  };
  "letters.discard": {
    in: { letters?: readonly string[]; incident?: string; reason: string };
    out: { discarded: number };
  };

  "incidents.list": { in: { flow?: string }; out: readonly IncidentView[] };
  "incidents.get": { in: { incident: string }; out: IncidentView };
  "incidents.snooze": { in: { incident: string; hours: number }; out: IncidentView };
  /** Somebody has put right what a tool told of; those of flows close by themselves. */
  "incidents.close": { in: { incident: string }; out: IncidentView };

  "connections.list": { in: Record<never, never>; out: readonly ConnectionView[] };
  /** Registers or changes one. `credential` values are `env:NAME` or `file:NAME`; none means a one-time page. */
  "connections.add": {
    in: {
      name: string;
      connector: string;
      baseUrl?: string;
      settings?: Record<string, string>;
      credential?: Record<string, string>;
    };
    out: ConnectionView;
  };
  /**
   * A page, good once and for ten minutes, where its credential can be given; with `gives` what its tool signs
   * messages to us with, and nothing else.
   */
  "connections.invite": {
    in: { connection: string; gives?: "messages" };
    out: { url: string; expires: Temporal.Instant };
  };
  /** Looks at it live. */
  "connections.check": { in: { connection: string }; out: ConnectionView & { health: Health } };
  /** `revoked`: whether its sign-in was ended at the tool; null where there was nothing to end. */
  "connections.remove": {
    in: { connection: string };
    out: { name: string; title: string; revoked: boolean | null };
  };

  "workspace.plan": { in: WorkspaceFile; out: WorkspacePlan };
  "workspace.apply": { in: WorkspaceFile; out: WorkspacePlan };
  "workspace.export": { in: Record<never, never>; out: { text: string } };

  "digest.show": { in: Record<never, never>; out: Digest };
  "digest.set": { in: { channel?: string; time?: string; zone?: string }; out: Settings };
  "digest.off": { in: Record<never, never>; out: Settings };

  "people.me": { in: Record<never, never>; out: { role: Role; first: boolean } };
  "people.list": {
    in: Record<never, never>;
    out: { grants: readonly Grant[]; admins: readonly string[] };
  };
  /** `subject` is a user or group id (`U…`, `W…`, `S…`); role `none` takes it away. */
  "people.grant": {
    in: { subject: string; role: Role | "none" };
    out: { grants: readonly Grant[] };
  };
  "audit.list": {
    in: { limit?: number };
    out: { entries: readonly AuditEntry[]; rows: number; broken: number | null; head: string };
  };
  health: { in: Record<never, never>; out: SystemHealth };
};

export type OperationName = keyof Operations;

/** @throws Mistake what was asked cannot be done, in one sentence @throws NotAllowed */
export type Perform = <Name extends OperationName>(
  name: Name,
  input: Operations[Name]["in"],
  actor: Actor,
) => Promise<Operations[Name]["out"]>;

export type LetterLine = {
  letter: DeadLetter;
  /** What to call the record; personal data, mask it in channels. */
  title: string;
};

/** One input of the form: a canonical field with its label and what it takes. */
export type FormField = {
  name: string;
  label: string;
  value: string;
  accepted: string;
  personal: boolean;
  choices: readonly string[] | null;
};

/** `text` is the first `shown` of its `bytes`. */
export type LetterBytes = { letter: DeadLetter; text: string; bytes: number; shown: number };

export type LetterView = LetterLine & {
  flow: Flow;
  /** The tool that said no, or whose value cannot be used. */
  toolTitle: string;
  titles: { from: string; to: string };
  /** Fields in question, in the order of the form: what a person may correct. */
  wrong: readonly FormField[];
  /** The record, fields in question first; only what has a value or is in question. */
  record: readonly FormField[];
  /** Where the record can be seen in the source tool. */
  link: string | null;
  /** Its neighbours in the list of its incident. */
  previous: string | null;
  next: string | null;
};

export type IncidentView = FlowIncidentView | OutsideIncidentView;

type AnyIncidentView = {
  /** The tool that said it: "QuickBooks". */
  toolTitle: string;
  /** What will probably help, in one sentence. */
  fix: string;
  /** Where its first record, or the automation, can be seen in the tool. */
  link: { url: string; title: string } | null;
};

export type OutsideIncidentView = AnyIncidentView & {
  incident: OutsideIncident;
  flow: null;
  owner: string | null;
};

export type FlowIncidentView = AnyIncidentView & {
  incident: FlowIncident;
  flow: Flow;
  /** The last run of the flow, for "7 of 493 records". */
  last: Run | null;
  next: Temporal.Instant | null;
  /** One of its open dead letters, to begin with. */
  firstLetter: string | null;
  /** At most five of its records. */
  samples: readonly LetterLine[];
  /** The bulk retry of its records that is under way, or the newest if that stopped by itself. */
  retry: Run | null;
  /** Where it is that the guard holds a run: what people are asked about it. */
  held: HeldApproval | null;
};

export type ConnectionView = {
  connection: Connection;
  title: string;
  /** Whether all values of a way of signing in are there, and the tool has not refused to renew them. */
  signedIn: boolean;
  usedBy: readonly string[];
  standing: Standing;
  /** Whether something may be sent to it. */
  hooked: boolean;
};

export type WorkspaceFile = { text: string; file: string };
export type Change = {
  created: readonly string[];
  updated: readonly string[];
  unchanged: readonly string[];
};
export type WorkspacePlan = {
  connections: Change;
  flows: Change;
  /** Entities of the hub with who owns their fields. */
  hub: Change;
  plans: readonly FlowPlan[];
  /** What is to be thought about, and keeps nothing from being done. */
  warnings: readonly { flow: string; message: string }[];
};

export type Digest = {
  at: Temporal.Instant;
  settings: Settings;
  /** What needs a person, the longest open first. */
  incidents: readonly IncidentView[];
  /** Connections that have to be signed in to again soon, the soonest first. */
  ending: readonly ConnectionView[];
  /** Over the last 24 hours. */
  flows: readonly FlowFigures[];
  quiet: readonly string[];
  /** Over the last 14 days. */
  days: readonly DayFigures[];
};

export type SystemHealth = {
  version: string;
  upSince: Temporal.Instant;
  database: { kind: "embedded" | "postgres"; ok: boolean; detail: string };
  queue: { running: number; waiting: number };
  outbox: { waiting: number };
  slack: { mode: "socket" | "http" | "sandbox" | "none"; connected: boolean };
  connections: readonly { name: string; title: string; signedIn: boolean }[];
};
