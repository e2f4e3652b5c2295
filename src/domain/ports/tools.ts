import type { ConnectionName, FlowName } from "../ids.ts";
import type { Json } from "../json.ts";
import type { EntityName } from "../entities/index.ts";
import type { Connection, Renewed, Secret } from "../connection.ts";
import type { Page, Sent, SourceRecord, TargetRecord, WriteRequest } from "../record.ts";
import type { Sharing } from "./allowance.ts";
import type { Allotment, Lane } from "./lane.ts";
import type { Choosing } from "./choices.ts";
import type { Outsiders } from "./hooks.ts";
import type { Watching } from "./watches.ts";
import type { Doors } from "./sign-in.ts";

/** An object that is read. All of it throws systemic errors only. */
export type Source = {
  /** Deletes are seen by nothing else than asking for each known record again, with `read`. */
  sweeps: "never" | "full_read" | "every_run";
  /** Fields that refer to other records: the object of this tool in which those are. */
  references: Readonly<Record<string, string>>;
  /** How many records a read from this checkpoint will bring, if the tool can tell. */
  estimate(from: Json | null, signal: AbortSignal): Promise<number | null>;
  /**
   * Everything (null) or everything that may have changed since the checkpoint, page by page. A
   * record may come twice. With `gone`, deleted records come too, where the tool lets them be seen.
   * The last page's checkpoint is where the next read begins. With `told`, only what the tool named as
   * changed, where it tells us of its records; what else has changed is left to another read.
   */
  pages(
    from: Json | null,
    about: { gone: boolean; told?: boolean; signal: AbortSignal },
  ): AsyncIterable<Page>;
  /** These records as they are now; ids that are gone come as gone. */
  read(ids: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]>;
  /** Opens the file that a record is; null where records are no files. */
  content: Origin["content"];
};

/** What a file holds, to be read once, from a byte on. */
export type FileContent = {
  /** In bytes; null where the tool does not say. */
  size: number | null;
  mediaType: string | null;
  /** By the tool's own hash, as the field `content` has it: "md5:9e10…"; null where it has none. */
  hash: string | null;
  bytes(from: number): AsyncIterable<Uint8Array>;
};

/** Where what is written to a target comes from. */
export type Origin = {
  connection: ConnectionName;
  /** The flow that writes. */
  flow: FlowName;
  /** Opens the file that a record of the source is, by the record's id. */
  content: ((id: string, signal: AbortSignal) => Promise<FileContent>) | null;
  /** None where the flow may use all that there is. */
  sharing?: Sharing | null;
};

/** An object that is written. */
export type Target = {
  /** How many writes one request may carry. */
  batch: number;
  /** How many requests may be in flight together. */
  parallel: number;
  /**
   * What makes a repeated request harmless: the tool remembers the request's id, or the write is an
   * upsert, or the record can be looked up first, or nothing.
   */
  repeat: "request_id" | "upsert" | "lookup" | "nothing";
  /** How long a record just written may stay invisible to `find`, in milliseconds. */
  lagMs: number;
  /** Canonical fields `find` can search by. */
  searchable: readonly string[];
  /**
   * For each of `wanted`, the records of the target whose canonical `field` has the same value,
   * in the same order. Archived records are left out.
   */
  find(
    field: string,
    wanted: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly TargetRecord[])[]>;
  /** These records as they are now; a missing one is left out. */
  read(ids: readonly string[], signal: AbortSignal): Promise<readonly TargetRecord[]>;
  send(request: WriteRequest, signal: AbortSignal): Promise<Sent>;
  /** Canonical fields that this object can hold; others are not sent and not compared. */
  holds: ReadonlySet<string>;
  /**
   * Of these, the ones of which several of the tool's values are one of ours: sent only where they
   * change, so that the tool keeps the finer value it has.
   */
  coarse: ReadonlySet<string>;
  /** As in Source. */
  references: Readonly<Record<string, string>>;
  /** Fields without which nothing can be created. */
  needs: readonly string[];
  /**
   * Records are known there by their keys at the source, so that references need no translation; nothing
   * can be looked for or read back.
   */
  keyed: boolean;
  /** It asks of each write when the record was changed at its source. */
  dated?: true;
};

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

/** What a live look at a connection found. `problem` is a sentence that says what to do. */
export type Health =
  | {
      ok: true;
      account: string;
      can: readonly string[];
      limits: string;
      scopes: ScopesFound;
      samples: readonly Sample[];
    }
  | { ok: false; problem: string };

/** What a credential is allowed, as the tool names it; null where the tool does not tell. */
export type ScopesFound = { has: readonly string[]; more: readonly string[] } | null;

/** One record of an object by its title: personal data, mask it in channels. Null where there is none. */
export type Sample = { object: string; title: string | null };

/** Every connector there is, and how to reach the tools through them. */
export type Tools = Doors &
  Choosing &
  Outsiders & {
    catalogue(): readonly ConnectorFacts[];
    /** Undefined where no such connector is known. */
    facts(connector: string): ConnectorFacts | undefined;
    /** The connector of this name that comes with this installation, whatever is registered. */
    builtIn(connector: string): ConnectorDescribed | undefined;
    /** Judges the text of a manifest. Has no effect. */
    judge(text: string): Judged;
    check(connection: Connection, signal: AbortSignal): Promise<Health>;
    source(connection: Connection, object: string, sharing?: Sharing | null, lane?: Lane): Source;
    target(connection: Connection, object: string, origin?: Origin, lane?: Lane): Target;
    /** How fast an object of a connection may be read and written, by work that can wait. */
    allotment(connection: Connection, object: string): Allotment;
    /** Where a person can look at this record in the tool itself; null if the tool has no such page. */
    link(connection: Connection, object: string, id: string): string | null;
    watching: Watching;
  };

/** Where connectors get credentials from, and put renewed ones. Read at each request. */
export type Vault = {
  /** @throws SignInAgain when a value cannot be had (an unset variable, a lost key) */
  read(connection: ConnectionName): Promise<Secret>;
  /**
   * Replaces the credential by what `renew` makes of the newest one; null leaves it as it is. Only one caller at a time, over
   * all workers, renews a connection; the others get what it stored. Stored before it is returned. A
   * SignInRefused from `renew` is noted.
   */
  renew(
    connection: ConnectionName,
    seen: Secret,
    renew: (newest: Secret) => Promise<Renewed | null>,
  ): Promise<Secret>;
};

export type Ends = {
  source: Source;
  target: Target;
  entity: { from: EntityName; to: EntityName };
  /** What is at the target once is left alone from then on. */
  once?: boolean;
  /** What is linked takes part, whatever the filter says of it now. */
  follows?: boolean;
  /** What people call the two tools. */
  titles?: { source: string; target: string };
};
