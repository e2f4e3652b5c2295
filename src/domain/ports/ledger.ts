import type { NewConflict } from "../conflict.ts";
import type { Sending } from "../delivery.ts";
import type { NewEvent } from "../event.ts";
import type { Fields } from "../fields.ts";
import type { End } from "../flow.ts";
import type { FlowName, RunId } from "../ids.ts";
import type { Json } from "../json.ts";
import type { Link } from "../link.ts";
import type { Problem } from "../problem.ts";
import type { WriteRequest } from "../record.ts";
import type { Counts } from "../run.ts";

export type { Link } from "../link.ts";

/** A record that was handled before: linked, or waiting as a dead letter, or both. */
export type Known = {
  link: Link | null;
  /** The one not yet written or superseded, if there is one. */
  letter: KnownLetter | null;
};

export type KnownLetter = {
  state: "open" | "retrying" | "discarded";
  hash: string;
  /** What a person made of it, if anything. */
  edited?: Fields;
  /** Nobody could tell which record of the target it is. */
  unmatched?: true;
};

export type NewDeadLetter = {
  key: string;
  direction: "read" | "write";
  problem: Problem;
  /** Cause fingerprint; dead letters of one fingerprint share an incident. */
  fingerprint: string;
  fields: Fields;
  hash: string;
  raw: Uint8Array;
};

/**
 * How an open dead letter ends: its content was written, or newer content of the record took its place.
 * `asItIs`: written as the source has it, without what a person may have made of it. Where it was written
 * `earlier` than a person corrected it, it does not end: its history says so, and the correction waits.
 */
export type Settlement = {
  key: string;
  as: "written" | "superseded" | "earlier";
  asItIs?: boolean;
};

/** A deal as its source has it now. */
export type DealSeen = {
  /** Its own id there, whatever is made of it. */
  key: string;
  won: boolean;
  /** What it was when the flow saw it last; null where the flow itself keeps nothing of that. */
  before: "won" | "not won" | null;
  /** What is told where it has turned to won; null where nobody waits for that. */
  event: NewEvent | null;
};

/** That the link of a key stands for the text of this print (see `engine/print.ts`), as long as its hash is this one. */
export type Printed = { key: string; hash: string; print: string };

/** Everything that became of a page. Stored whole or not at all. */
export type PageOutcome = {
  run: RunId;
  flow: FlowName;
  /** Under which this worker took the run; void once another has taken it. */
  epoch: number;
  at: Temporal.Instant;
  /** Who is behind it, for the history of the dead letters: `Tieline` or a user id. */
  by: string;
  /** Undefined leaves it where it is. */
  checkpoint: Json | undefined;
  counts: Counts;
  links: readonly Link[];
  /** None of their keys was linked before, as far as the run knows: they are stored sooner then. */
  allNew?: boolean;
  /** A record is linked with it that was not. */
  arrived?: boolean;
  mirrors?: Mirrors;
  /** A link that is written without one has no print any more. */
  prints?: readonly Printed[];
  /** Keys whose link is to be forgotten: gone at the source and archived at the target. */
  unlinked: readonly string[];
  /**
   * Records that could not be written. Where a dead letter of the key is open or being retried it is
   * that one again: one more attempt, open, and, if the content changed, the new content without the
   * correction that was made to the old.
   */
  letters: readonly NewDeadLetter[];
  /** Keys whose open dead letter ends with this page, and how. */
  settled: readonly Settlement[];
  /**
   * Between the two sides of a record, for a person to decide; one that is open for its key is that one
   * again.
   */
  conflicts: readonly NewConflict[];
  /** Keys at the source whose open conflict ends with this page. */
  agreed: readonly string[];
  /** Ids of write requests whose outcome is in here. */
  answered: readonly string[];
  /** What is to be told of the page, where somebody waits for it. */
  events: readonly NewEvent[];
  /** Deals at this end: one that has turned to won is told of once, by whichever flow from there sees it first. */
  deals?: { at: End; seen: readonly DealSeen[] };
  /** How those outside were told of what was written, where the target is such. */
  sendings?: readonly Sending[];
};

/**
 * Flows that go the other way, for which the same is stored from their end; and how often they had done so
 * for this one when its links were looked at: what they stored since must not be forgotten.
 */
export type Mirrors = { flows: readonly FlowName[]; seen: number };

export type Compared = { same: ReadonlySet<string>; known: ReadonlyMap<string, Known> };

/**
 * Requests, oldest first, and for how many milliseconds whoever announced them has given no sign of life, by
 * the store's time; 0 where nobody knows. Who had the flow since then and announced nothing does not count.
 */
export type Unanswered = { requests: readonly WriteRequest[]; silentMs: number };

/** What is stored while records move, and the same for those that come back in a two-way flow. */
export type Ledger = LedgerEnd & { back: LedgerEnd };

/**
 * The links of a flow seen from one of their ends: `key` is the record's id there, `id` that of its partner.
 * Dead letters, requests and checkpoint are those of the way from there.
 */
export type LedgerEnd = {
  /** What is known of these keys; a key not in the answer is new. */
  look(flow: FlowName, keys: readonly string[]): Promise<ReadonlyMap<string, Known>>;
  /**
   * The same for contents, by key: by the hash or the print of each. A key whose link has just that, and of
   * which nothing waits as a dead letter, is among the `same` and nothing more is told of it; null is no content.
   */
  compare(flow: FlowName, contents: ReadonlyMap<string, string | null>): Promise<Compared>;
  /** Of these target ids, those already linked, with the key they belong to. */
  linkedTo(flow: FlowName, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Remembers requests before they are sent, so that a crash leaves a trace of what may have happened.
   * @throws Fenced when the run's epoch is not this one any more
   */
  intend(flow: FlowName, epoch: number, requests: readonly WriteRequest[]): Promise<void>;
  /**
   * What whoever had the flow before was about to send and has stored no outcome of. To be asked once the
   * flow is claimed, before anything is announced.
   */
  unanswered(flow: FlowName): Promise<Unanswered>;
  /**
   * One statement: links, dead letters, counts, checkpoint.
   * @throws Fenced as above; then nothing of it was stored
   * @throws Overtaken when a mirror stored something for this flow since; then nothing was stored either
   */
  commit(page: PageOutcome): Promise<void>;
  /** How often flows that go the other way have stored links for this one. */
  mirrored(flow: FlowName): Promise<number>;
  checkpoint(flow: FlowName): Promise<Json | null>;
  /** Keys of linked records in their order, from the one after `after` on. */
  keys(flow: FlowName, after: string | null, limit: number): Promise<readonly string[]>;
  /** Keys whose link has an empty hash, in their order: they are to be handled whether they change or not. */
  owed(flow: FlowName, after: string | null, limit: number): Promise<readonly string[]>;
  /** Whether nothing is known of any of its records: none is linked, and none ever was a dead letter. */
  isNew(flow: FlowName): Promise<boolean>;
  /** How many records of the flow are linked. */
  links(flow: FlowName): Promise<number>;
};
