import type { Connection, Renewed } from "../connection.ts";
import type { Flow, FlowPlan, FlowState, FlowVersion } from "../flow.ts";
import type { ConnectionName, FlowName } from "../ids.ts";

/** What has been set up: connections and flows. */
export type Registry = {
  connections(): Promise<readonly Connection[]>;
  connection(name: ConnectionName): Promise<Connection | undefined>;
  flows(): Promise<readonly Flow[]>;
  /** As it is, or to do what it did in an earlier version; undefined when there is none such. */
  flow(name: FlowName, version?: number): Promise<Flow | undefined>;
  /**
   * All of it or nothing. A flow that is there keeps its state, its ledger and its history, and gets a
   * version more (without a `change` it was Tieline itself); a connection that moves to another address or tool forgets its credential.
   * What waits for a person between the sides of a flow that goes one way now is over.
   */
  save(
    setup: { connections: readonly Connection[]; flows: readonly FlowPlan[] },
    change?: FlowChange,
  ): Promise<void>;
  /** All versions of a flow, newest first; also of one that was removed. */
  versions(name: FlowName): Promise<readonly FlowVersion[]>;
  /** Makes a flow that is off. False when there is one of this name. */
  addFlow(plan: FlowPlan, change: FlowChange): Promise<boolean>;
  /** Adds a version, if `base` is the newest; returns its number. Ends conflicts as `save` does. */
  changeFlow(plan: FlowPlan, base: number, change: FlowChange): Promise<number | undefined>;
  /**
   * Forgets the flow, the links of its records, its conflicts and its dead letters; its versions and runs stay. False
   * when it is not there, or a run of it is not over.
   */
  removeFlow(name: FlowName): Promise<boolean>;
  /** False when flows still use it. Forgets its credential. */
  removeConnection(name: ConnectionName): Promise<boolean>;
  /**
   * Compare and set on the kind of state; false when it is in that kind already. One that is held may be
   * paused all the same: then it is held no more. One that was never turned on is turned by `startFlow`
   * alone.
   */
  turnFlow(name: FlowName, state: Exclude<FlowState, { kind: "off" }>): Promise<boolean>;
  /** Turns one on that is off, if this version is its newest. */
  startFlow(name: FlowName, version: number): Promise<boolean>;
};

/** Who changes flows, and what is new in each, in a sentence. */
export type FlowChange = {
  by: string;
  at: Temporal.Instant;
  what: Readonly<Record<string, string>>;
};

/** Credentials given on the one-time page or by a sign-in, kept encrypted. */
export type Safe = {
  keep(connection: ConnectionName, renewed: Renewed): Promise<void>;
  has(connection: ConnectionName): Promise<boolean>;
  /** Remembers whose account it was found to be, and so whose records its flows know. */
  noteAccount(connection: ConnectionName, account: string): Promise<void>;
  standing(connection: ConnectionName): Promise<Standing>;
  /** Connections that have to be signed in to again before then, or at once. */
  ending(before: Temporal.Instant): Promise<readonly ConnectionName[]>;
};

/** What is known of a credential besides its values. */
export type Standing = {
  /** When somebody has to sign in again; null where nobody says. */
  expires: Temporal.Instant | null;
  /** Since when the tool will not renew it; null while it does. */
  refused: Temporal.Instant | null;
  /** Whose account it was found to be; null before it was looked at. */
  account: string | null;
};

/** One-time pages: only the hash of the token is kept. */
export type Invitations = {
  /** Returns the token that opens the page, once, until it expires. */
  create(connection: ConnectionName, user: string, expires: Temporal.Instant): Promise<string>;
  /** Looks without using it up. */
  peek(
    token: string,
    at: Temporal.Instant,
  ): Promise<{ connection: ConnectionName; user: string } | undefined>;
  /** Uses it up; undefined when it was used or has expired. */
  redeem(
    token: string,
    at: Temporal.Instant,
  ): Promise<{ connection: ConnectionName; user: string } | undefined>;
};
