import type { Conflict } from "#domain/conflict.ts";
import type { Sending } from "#domain/delivery.ts";
import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Flow, FlowVersion } from "#domain/flow.ts";
import type { FlowName, RunId } from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import type { Json } from "#domain/json.ts";
import type { Connection } from "#domain/connection.ts";
import type { Link } from "#domain/ports/ledger.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import type { WriteRequest } from "#domain/record.ts";
import type { Run } from "#domain/run.ts";
import type { Way } from "#domain/truth.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Waiting } from "./outbox.ts";

/** A dead letter as it is stored: with its bytes and its cause. */
export type StoredLetter = DeadLetter & { raw: Uint8Array; fingerprint: string };
/** A run as it is stored: with its epoch, its last sign of life and a wish to stop or pause it. */
export type StoredRun = Run & {
  pauseBy: string | null;
  /** Of a bulk retry: when it took those in hand, and the last of them. */
  takenAt: Temporal.Instant | null;
  reached: string | null;
  epoch: number;
  beat: Temporal.Instant | null;
  stopBy: string | null;
};
export type StoredIncident = Incident & {
  fingerprint: string;
  history: { at: Temporal.Instant; by: string; what: string }[];
};

/** The rows of a store in memory, which the ports beside this file work on. */
export type Memory = {
  clock: Clock;
  links: Map<FlowName, Map<string, Link>>;
  /** Of links, by flow and key. */
  prints: Map<string, string>;
  /** Which deals were won when they were seen last, by where they are. */
  deals: Map<string, boolean>;
  /** The log of how those outside were told. */
  sendings: Sending[];
  intents: { flow: FlowName; way: Way; request: WriteRequest }[];
  checkpoints: Map<FlowName, Json>;
  /** Of the way back. */
  backCheckpoints: Map<FlowName, Json>;
  /** How often flows that go the other way have stored links for one. */
  mirrored: Map<FlowName, number>;
  conflicts: Map<string, Conflict>;
  epochs: Map<FlowName, number>;
  /** The last sign of life of whoever announced requests and had a flow before. */
  left: Map<FlowName, Temporal.Instant>;
  runs: Map<RunId, StoredRun>;
  letters: Map<string, StoredLetter>;
  incidents: Map<string, StoredIncident>;
  flows: Map<FlowName, Flow>;
  flowVersions: FlowVersion[];
  connections: Map<string, Connection>;
  outbox: Waiting[];
  /** Every subject ever told, for tests. */
  told: Subject[];
  nextId(prefix: string): string;
};

export function makeMemory(clock: Clock): Memory {
  let ids = 0;
  return {
    clock,
    links: new Map(),
    prints: new Map(),
    deals: new Map(),
    sendings: [],
    intents: [],
    checkpoints: new Map(),
    backCheckpoints: new Map(),
    mirrored: new Map(),
    conflicts: new Map(),
    epochs: new Map(),
    left: new Map(),
    runs: new Map(),
    letters: new Map(),
    incidents: new Map(),
    flows: new Map(),
    flowVersions: [],
    connections: new Map(),
    outbox: [],
    told: [],
    nextId: (prefix) => `${prefix}-${String((ids += 1)).padStart(6, "0")}`,
  };
}
