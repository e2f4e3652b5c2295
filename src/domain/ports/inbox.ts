import type { ConnectionName } from "../ids.ts";
import type { Json } from "../json.ts";

/** An object whose records come as events that somebody sends us. */
export type InboxEnd = { connection: ConnectionName; object: string };

/** What somebody told us of one record: all of it, as it is from then on. */
export type Told = {
  /** The sender's own id of the event; the same one again is the same event. Null where it has none. */
  event: string | null;
  /** The record's id at the sender. */
  record: string;
  /** When it happened, if the sender says so: an older one than what is known changes nothing. */
  at: Temporal.Instant | null;
  gone: boolean;
  /** The record as the JSON text that came. */
  content: string;
};

/** What is kept of it: when it came counts where the sender said no time. */
export type Kept = Pick<Told, "record" | "gone" | "content"> & { at: Temporal.Instant };

/** Events that came in, kept before their sender is told so. */
export type Inbox = {
  /** How many of these had not come before. All of them are kept once this resolves. */
  keep(end: InboxEnd, events: readonly Told[]): Promise<number>;
  /**
   * The newest of each record that came after the mark (null: all there are), in the order in which they
   * came, and the mark to go on from.
   */
  after(
    end: InboxEnd,
    mark: Json | null,
    limit: number,
  ): Promise<{ records: readonly Kept[]; mark: Json }>;
  /** How many records have something new after the mark. */
  count(end: InboxEnd, mark: Json | null): Promise<number>;
  /** What these were last said to be; one of which nothing came is left out. */
  newest(end: InboxEnd, records: readonly string[]): Promise<readonly Kept[]>;
};
