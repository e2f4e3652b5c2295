import type { Fields } from "./fields.ts";
import type { Json } from "./json.ts";
import type { Problem } from "./problem.ts";

/** One record as its tool has it now, decoded to the entity. */
export type SourceRecord = {
  /** The tool's id, at most 512 bytes. */
  id: string;
  /** When the tool says it changed last: an ISO instant; null where it does not say. */
  changedAt: string | null;
  /** Who changed it last, as the tool calls them; null or none where it does not say. */
  changedBy?: string | null;
  /** The record's own bytes out of the tool's answer, unchanged. */
  raw(): Uint8Array;
  /** Its own text, where that and the source's `decoding` are all that its content is made of. */
  text?: () => string;
  content:
    /** A value that is not what its field takes stands in `fields` as the tool sent it, with a problem. */
    /** `swallowed`: ids of records that became this one. */
    /** `origin`: the record of another kind that this was made from, by its id `of`; conditions look at that one. */
    | {
        kind: "live";
        fields: Fields;
        problems: readonly Problem[];
        swallowed?: readonly string[];
        origin?: Fields;
        of?: string;
      }
    /** `into`: the record it became, where it was merged rather than deleted. */
    | { kind: "gone"; into?: string };
};

/** One that is there and has swallowed no other, decoded once somebody wants to know more than its text. */
export type UnreadRecord = Omit<SourceRecord, "content"> & {
  text: () => string;
  content: { kind: "unread"; read(): Extract<SourceRecord["content"], { kind: "live" }> };
};

export type PageRecord = SourceRecord | UnreadRecord;

/** The record, decoded if it is not yet. */
export const asRead = (record: PageRecord): SourceRecord =>
  isRead(record) ? record : { ...record, content: record.content.read() };

const isRead = (record: PageRecord): record is SourceRecord => record.content.kind !== "unread";

/** What one read returns, and how far we are once all of it is durable. */
export type Page = {
  records: readonly PageRecord[];
  /** Opaque to the engine: handed back to the source that made it. */
  checkpoint: Json;
  /** How large the tool's answer was, where that is known: of large ones less is read ahead. */
  bytes?: number;
};

/**
 * One change we want at the target. `key` is the record's id at the source, `hash` that of the source
 * content it stands for (a person may have corrected the fields, so it is not the hash of those).
 * `changedAt` as in SourceRecord, for a target that asks for it. `unlike`: ways of matching by which it was looked
 * for in vain; whoever comes second in the same moment is to look again. `corrected`: which correction of a dead
 * letter it carries; none where it is as the source has it.
 */
export type Write =
  | {
      kind: "create";
      key: string;
      hash: string;
      fields: Fields;
      changedAt?: string;
      corrected?: string;
      unlike?: readonly string[];
    }
  | {
      kind: "update";
      key: string;
      hash: string;
      id: string;
      version: string | null;
      fields: Fields;
      changedAt?: string;
      corrected?: string;
    }
  | { kind: "archive"; key: string; id: string; version: string | null };

export type Update = Extract<Write, { kind: "update" }>;

/** Writes of one kind, sent to the target in one call, under one id which a repetition carries again. */
export type WriteRequest = { id: string; writes: readonly Write[] };

export type WriteOutcome =
  /**
   * `unchanged`: nothing had to change there. `kept`: some of its values count for more than those that were
   * sent, and stayed. `made`: the target says that it was not there before, and so is nobody else's.
   */
  | {
      kind: "accepted";
      id: string;
      version: string | null;
      unchanged?: true;
      kept?: true;
      made?: true;
    }
  | { kind: "rejected"; problem: Problem }
  /** Somebody changed the target's record since we saw it: read it again, then write again. */
  | { kind: "stale" }
  /** The target's record is not there any more. */
  | { kind: "missing" };

/** What became of a request. Systemic failures are thrown (see errors.ts). */
export type Sent =
  /** One outcome for each write, in their order. */
  | { kind: "each"; outcomes: readonly WriteOutcome[] }
  /** Refused as a whole without saying for which record: halve it. */
  | { kind: "refused"; problem: Problem }
  /** It may have happened: no answer, or one that says nothing. */
  | { kind: "unknown"; reason: string };

/** A record of the target, as far as matching and comparing need it; `changedAt` as in SourceRecord. */
export type TargetRecord = {
  id: string;
  version: string | null;
  fields: Fields;
  changedAt?: string | null;
  changedBy?: string | null;
};
