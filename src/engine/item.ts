import type { Conflict, NewConflict } from "#domain/conflict.ts";
import type { Fields } from "#domain/fields.ts";
import type { Known, Link } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { Content } from "./content.ts";

/** One record of the page in hand. */
export type Item = {
  key: string;
  record: SourceRecord;
  /** What the source says, by the flow's rules. */
  content: Content;
  /** What is to be written: the content, or what a person made of it. */
  fields: Fields;
  /** As in Write, where a person made something of it. */
  corrected?: string | undefined;
  known: Known;
  /** See print.ts; none where the record cannot be told by its text. */
  print?: string;
  /** What a person is asked about it, in a two-way flow. */
  conflict?: Conflict;
  /** The key of the record it was merged with, whose link is now its own. */
  inherits?: string;
};

export const unknownYet: Known = { link: null, letter: null };

/** What became of a record; exactly one for each that was read. */
export type Fate =
  | { kind: "created" | "updated"; link: Link }
  /** A person has to decide about some fields; the others have moved. */
  | { kind: "held"; link: Link; conflict: NewConflict }
  /** With a link where the target had it already, just as we want it. */
  | { kind: "unchanged"; link: Link | null }
  | { kind: "filtered" }
  /** Merged into another record, to which its link goes. */
  | { kind: "merged"; link: Link | null }
  /** Archived at the target, and so unlinked. */
  | { kind: "deleted" }
  | { kind: "dead"; direction: "read" | "write"; problem: Problem; unlink: boolean };

/** Whether storing it changes more than a counter. */
export const hasEffect = (fate: Fate): boolean =>
  fate.kind !== "filtered" && !(fate.kind === "unchanged" && fate.link === null);

/** Whether its content has not been refused before. */
export const isNews = ({ known, content }: Item): boolean => known.letter?.hash !== content.hash;
