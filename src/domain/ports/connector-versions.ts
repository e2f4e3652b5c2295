import type { ApprovalId } from "../ids.ts";

/** A manifest that was registered from Slack. Never changes. */
export type ConnectorVersion = {
  connector: string;
  /** From 1. Version 0 of a name is what comes with us, if anything does. */
  version: number;
  text: string;
  hash: string;
  note: string;
  registeredBy: string;
  registeredAt: Temporal.Instant;
  approvedBy: string;
  /** Under which approval it came; one brings one version. */
  approval: ApprovalId;
};

/** The connectors registered from Slack, all versions of them. */
export type ConnectorVersions = {
  /** Of one connector, newest first, and which is in use: 0 where none of them is. */
  of(connector: string): Promise<{ current: number; versions: readonly ConnectorVersion[] }>;
  /** Of each connector the one in use, where that is one of these. */
  inUse(): Promise<readonly ConnectorVersion[]>;
  /** A text that differs whenever `inUse` may. */
  stamp(): Promise<string>;
  /** Adds the next version and uses it, if `base` is the one in use; returns its number. */
  add(version: Omit<ConnectorVersion, "version">, base: number): Promise<number | undefined>;
  /** Uses another version, if `from` is the one in use. */
  turn(connector: string, from: number, to: number): Promise<boolean>;
  /** Uses none of them any more; false when none is, or a connection uses it. Its versions are kept. */
  remove(connector: string): Promise<boolean>;
};
