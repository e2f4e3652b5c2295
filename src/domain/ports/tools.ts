import type { Attempt } from "../delivery.ts";
import type { ConnectionName, FlowName } from "../ids.ts";
import type { Json } from "../json.ts";
import type { Grip } from "../grip.ts";
import type { EntityName } from "../entities/index.ts";
import type { Connection, Renewed, Secret } from "../connection.ts";
import type { Page, Sent, SourceRecord, TargetRecord, Update, WriteRequest } from "../record.ts";
import type { Sharing } from "./allowance.ts";
import type { Allotment, Lane, Terms } from "./lane.ts";
import type { Choosing } from "./choices.ts";
import type { ConnectorFacts, ConnectorDescribed, Judged } from "./connector-facts.ts";
import type { Outsiders } from "./hooks.ts";
import type { Watching } from "./watches.ts";
import type { Doors } from "./sign-in.ts";

/** An object that is read. All of it throws systemic errors only. */
export type Source = {
  /** Deletes are seen by nothing else than asking for each known record again, with `read`. */
  sweeps: "never" | "full_read" | "every_run";
  /** Fields that refer to other records: the object of this tool in which those are. */
  references: Readonly<Record<string, string>>;
  /**
   * What decides how a record's text is understood: the connector as it is now, its settings, this very
   * program. None where the source's records have no text of their own.
   */
  decoding?: string;
  /** How many records a read from this checkpoint will bring, if the tool can tell. */
  estimate(from: Json | null, signal: AbortSignal): Promise<number | null>;
  /**
   * Everything (null) or everything that may have changed since the checkpoint, page by page. A
   * record may come twice. With `gone`, deleted records come too, where the tool lets them be seen.
   * The last page's checkpoint is where the next read begins. With `told`, only what the tool named as
   * changed, where it tells us of its records; what else has changed is left to another read. With `later`,
   * records that can be told by their texts come unread.
   */
  pages(
    from: Json | null,
    about: { gone: boolean; told?: boolean; later?: boolean; signal: AbortSignal },
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

/** Hears of a try to tell the connection itself, or whoever asked for it by this subscription. */
export type Heard = (attempt: Attempt, subscription: string | null) => void;

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
  /** Where it is an endpoint, `heard` is told of each try. */
  send(request: WriteRequest, signal: AbortSignal, heard?: Heard): Promise<Sent>;
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
  /** Who is told of each write as of an event, by the request's id, and of each try there is a log. */
  endpoint?: true;
  /** It asks of each write when the record was changed at its source. */
  dated?: true;
  /** Several flows may create the same record there in one moment: it asks of each create what it is unlike. */
  shared?: true;
  /**
   * Where some of its values may count for more than what is sent: for each update, in the same order, the
   * fields that would keep another value were it sent now.
   */
  outranked?(updates: readonly Update[]): Promise<readonly (readonly string[])[]>;
};

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
    target(connection: Connection, object: string, origin?: Origin, terms?: Terms): Target;
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
   * SignInRefused from `renew` is noted. What `renew` sends leaves only while `grip` is sure (see onceSure); where
   * it is not any more, `renew` is called again with what is newest then.
   */
  renew(
    connection: ConnectionName,
    seen: Secret,
    renew: (newest: Secret, grip: Grip) => Promise<Renewed | null>,
  ): Promise<Secret>;
};

export type Ends = {
  source: Source;
  target: Target;
  /** `origin`: what the source's records are, where others are made of them. */
  entity: { from: EntityName; to: EntityName; origin?: EntityName };
  /** What is at the target once is left alone from then on. */
  once?: boolean;
  /** What is linked takes part, whatever the filter says of it now. */
  follows?: boolean;
  /** What people call the two tools. */
  titles?: { source: string; target: string };
};
