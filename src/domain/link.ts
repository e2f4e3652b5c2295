import type { Fields } from "./fields.ts";
import type { Way } from "./truth.ts";

/** What a flow remembers of a record it has written. */
export type Link = {
  key: string;
  /** Its id at the target. */
  id: string;
  /** The target's own version (QuickBooks: SyncToken), where it has one. */
  version: string | null;
  /** Hash of the source content the target accepted; stored only then. Empty: it is to be handled again. */
  hash: string;
  /**
   * The canonical record both sides agreed on last; in a two-way flow what the source held then. A field
   * that is not in it was never agreed on.
   */
  base: Fields;
  /** The same of the target, where records come back from there. */
  back: Back | null;
};

/**
 * Hash of the target's content that was handled last, and what the target held when both sides agreed: it
 * may keep our values in a form of its own.
 */
export type Back = { hash: string; base: Fields; trips: Trips };

/** For each field: which way it moved last, when, and how often it has turned round in a row. */
export type Trips = Readonly<Record<string, { way: Way; times: number; at: string }>>;

/** The same link seen from its other end. One that was made while its flow went one way owes nothing. */
export function turned({ key, id, hash, base, back }: Link): Link {
  const other = back ?? { hash: "unseen", base, trips: {} };
  const { trips } = other;
  return {
    key: id,
    id: key,
    version: null,
    hash: other.hash,
    base: other.base,
    back: { hash, base, trips },
  };
}
