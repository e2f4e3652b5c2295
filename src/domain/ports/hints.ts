import type { Json } from "../json.ts";
import type { InboxEnd } from "./inbox.ts";

/** Something a tool said has changed, without what it is now: that is asked for. */
export type Hint = {
  /** Null where it said no more than that something has. */
  record: string | null;
  /** The record it became, where it was said to be merged. */
  into: string | null;
};

/** What tools told of their records, kept before they are told so; the newest of each record. */
export type Hints = {
  keep(end: InboxEnd, hints: readonly Hint[]): Promise<void>;
  /** Those that came after the mark (null: all there are), in their order, and the mark to go on from. */
  after(
    end: InboxEnd,
    mark: Json | null,
    limit: number,
  ): Promise<{ hints: readonly Hint[]; mark: Json }>;
  /** A mark that everything so far came before. */
  now(): Promise<Json>;
};
