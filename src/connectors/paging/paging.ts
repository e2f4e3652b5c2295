import type { Json } from "#domain/json.ts";
import type { Variables } from "../manifest/template.ts";

/** How far a list has been read. It is stored, so that a later read can go on there. */
export type Place = { readonly [name: string]: Json };

/** What a page brought. */
export type Seen = {
  body: Json;
  /** In the order they came. */
  records: readonly { id: string; changedAt: string | null }[];
};

/** Walks through one list. */
export type Pager = {
  first: Place;
  /** What {cursor}, {position} … stand for at this place. */
  variables(place: Place): Variables;
  /** True where the request is the one for a single moment (see window.ts). */
  tied(place: Place): boolean;
  /** The next place; null when this was the last page. */
  next(place: Place, seen: Seen): Place | null;
};

/** One way of asking for the next page. */
export type PagingKind<Options> = {
  /** Placeholders it gives a meaning to; at least one of them has to be in the request. */
  sets: readonly string[];
  make(options: Options): Pager;
};
