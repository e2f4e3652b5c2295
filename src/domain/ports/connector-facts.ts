import type { EntityName } from "../entities/index.ts";

/** What a connector can do, for choices and help; made from its manifest alone. */
export type ConnectorFacts = {
  name: string;
  title: string;
  about: string;
  version: string;
  /** Hosts it talks to unless a connection says otherwise. */
  hosts: readonly string[];
  /** Ways of signing in: what each asks for. */
  credentials: readonly CredentialForm[];
  settings: readonly SettingFacts[];
  /** Whether it can be told of what happens here, by events of our own. */
  tells: boolean;
  objects: readonly ObjectFacts[];
  /** Null where nothing is ever sent to us. */
  hooks: HookFacts | null;
  /** How often it may be called: the tightest of its usual limits; null where none is known. */
  pace: Pace | null;
  /** How many calls it allows in a day, on its smallest plan; null where nothing is said of days. */
  daily: number | null;
};
export type Pace = { calls: number; perMs: number };
/** What may be sent to a connection, and to which addresses. */
export type HookFacts = {
  /** Where a person gives our address to the tool. */
  about: string;
  /** Where the token is shown: in the address itself, or as a bearer key. */
  token: "in_address" | "as_key";
  /** Objects that have an address of their own. */
  inboxes: readonly string[];
  /** Whether there is one address for all that the tool itself tells. */
  tells: boolean;
  /** Objects of which we ask the tool ourselves to tell us: nobody has to give it an address for them. */
  watched: readonly string[];
  /** What others may ask to be told of: `customer.created`. */
  events: readonly string[];
  /** Whether failures of automations there are told, and how; `about` says what a person does for it. */
  failures: { come: "sent" | "asked"; about: string } | null;
  /** What a person has to copy from the tool so that messages can be verified; null where nothing. */
  asks: string | null;
  /** Whether messages are believed while that is not known: by the secret address alone. */
  unsigned: boolean;
};
export type CredentialForm = {
  name: string;
  about: string;
  fields: readonly {
    name: string;
    label: string;
    secret: boolean;
    optional: boolean;
    /** Signing in through a browser brings it. */
    brought: boolean;
    /** Where the value usually is: `env:NAME`. */
    usual?: string;
  }[];
  /** Whether a person signs in at the tool itself, through their browser. */
  browser: boolean;
  /** The least it has to be allowed, as the tool names it. */
  scopes: readonly string[];
};
/** `brought`: signing in says it, through a browser or where it can be chosen after that. */
export type SettingFacts = {
  name: string;
  label: string;
  about: string;
  optional: boolean;
  /** columns: one line for each field, `email = E-mail address`. */
  kind: "text" | "columns";
  brought: boolean;
  /** Whoever has signed in, by whatever way, can choose it from what the tool has. */
  chosen?: true;
  /** What it usually is here. */
  usual?: string;
};
export type ObjectFacts = {
  name: string;
  title: string;
  entity: EntityName;
  reads: boolean;
  writes: boolean;
  /** Incremental read: only what changed. */
  incremental: boolean;
  fields: readonly string[];
  /** Where the tool has each of them, and how it is written there; none where records are our own. */
  native?: Readonly<Record<string, NativeField>>;
  searchable: readonly string[];
  /** How a delete at the tool is seen, in a sentence. */
  deletes: string;
  /** Whether we can archive a record there. */
  archives: boolean;
  /** As in Target: what is written to it is known by its key, and a flow to it needs no match. */
  keyed: boolean;
  /** Whether we are told when something of it changes, so that a flow can start then. */
  events: boolean;
  /** How many records one call reads or writes. */
  perCall: { reads: number; writes: number };
};

/** `path` as the tool's documentation has it; `how` in a sentence. */
export type NativeField = { path: string; how: string };

/** Where a connector goes, and what it wants to be allowed there. */
export type Reach = {
  /** Hosts it talks to. */
  hosts: readonly string[];
  /** Hosts of pages that it leads people to. */
  pages: readonly string[];
  scopes: readonly string[];
};

/** What is known of a connector from its manifest alone. */
export type ConnectorDescribed = { facts: ConnectorFacts; reach: Reach };

/** What is wrong in a manifest, where (from 1), and what is accepted there. */
export type ManifestProblem = { line: number; column: number; message: string };

export type Judged =
  { kind: "wrong"; problems: readonly ManifestProblem[] } | ({ kind: "good" } & ConnectorDescribed);
