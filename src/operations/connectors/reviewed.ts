import type { Approval } from "#domain/approval.ts";
import type { ConnectorFacts, Reach } from "#domain/ports/connector-facts.ts";

/** What a manifest would make possible, beside what is in use under its name now. */
export type ConnectorReview = {
  facts: ConnectorFacts;
  reach: Reach;
  /** The version in use; null where there is no such connector yet. */
  against: number | null;
  added: Reach;
  gone: Reach;
  /** What else differs, a sentence each. */
  changes: readonly string[];
  /** Connections that would go on with it, credential and all. */
  connections: readonly string[];
  /** Flows that could not go on with it, each with the reason. */
  stops: readonly string[];
};

/** What is asked for when a connector is to get another version. */
export type ConnectorChange = {
  kind: "connector";
  connector: string;
  title: string;
  /** The manifest; null for what comes with this installation. */
  text: string | null;
  note: string;
  /** The earlier version to go back to; null for a new one. */
  backTo: number | null;
  /** The version it has become; null until it is carried out. */
  version: number | null;
  /** Null when the text is not accepted any more. */
  review: ConnectorReview | null;
};

export type ConnectorHistory = {
  connector: string;
  title: string;
  /** The version in use; null where none is, because it was removed. */
  current: number | null;
  /** Newest first; version 0, where there is one, comes with this installation. */
  versions: readonly VersionLine[];
  /** How many older ones are not shown. */
  more: number;
  /** A request that waits for a second admin. */
  waiting: Approval | null;
  connections: readonly string[];
};

export type VersionLine = {
  version: number;
  /** Null for what comes with this installation. */
  registered: {
    by: string;
    at: Temporal.Instant;
    approvedBy: string;
    hash: string;
    note: string;
  } | null;
  /** Whether another admin has to agree before it is used. */
  needsApproval: boolean;
  /** Why it cannot be used any more. */
  problem: string | null;
};
