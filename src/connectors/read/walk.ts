import type { Json } from "#domain/json.ts";
import type { Variables } from "../manifest/template.ts";
import type { Place, Seen } from "../paging/paging.ts";
import type { List } from "./list.ts";
import type { Reader } from "./reader.ts";

/** The way through a list, page after page; for one that is asked for each parent, through all of those. */
export type Walk = {
  /** Null where there is nothing to read. */
  first(signal: AbortSignal): Promise<Place | null>;
  /** Where in the list itself this is, and for which parent. */
  at(place: Place): { place: Place; variables: Variables };
  /** `seen` is null where the page was left out. */
  next(place: Place, seen: Seen | null, signal: AbortSignal): Promise<Place | null>;
};

export const walkThrough = (list: List, reader: Reader): Walk =>
  list.parents === null ? plainWalk(list) : parentsWalk(list, list.parents, reader);

const plainWalk = (list: List): Walk => ({
  first: () => Promise.resolve(list.pager?.first ?? {}),
  at: (place) => ({ place, variables: {} }),
  next: (place, seen) =>
    Promise.resolve(seen === null ? null : (list.pager?.next(place, seen) ?? null)),
});

/**
 * Places: `{parent, left, parents, at}`: the parent in hand, the ones of its page still to come, where
 * the next page of parents is (null at their end), and the place in the parent's own list.
 */
function parentsWalk(list: List, parents: NonNullable<List["parents"]>, reader: Reader): Walk {
  const start = list.pager?.first ?? {};

  async function following(left: Json, from: Json, signal: AbortSignal): Promise<Place | null> {
    const ids = Array.isArray(left) ? left : [];
    const [parent, ...rest] = ids;
    if (parent !== undefined) return { parent, left: rest, parents: from, at: start as Json };
    if (from === null) return null;
    const place = from as Place;
    const answer = await reader.page(parents, place, {}, signal);
    if (answer === null) return null;
    const found = parents.entries(answer.body).flatMap(({ record }) => {
      const id = record === undefined ? null : parents.idOf(record);
      return id === null ? [] : [id];
    });
    const records = found.map((id) => ({ id, changedAt: null }));
    const onward = parents.pager?.next(place, { body: answer.body ?? null, records }) ?? null;
    return following(found, onward as Json, signal);
  }

  return {
    first: (signal) => following([], (parents.pager?.first ?? {}) as Json, signal),
    at: (place) => ({
      place: (place["at"] ?? {}) as Place,
      variables: { parent: place["parent"] },
    }),
    async next(place, seen, signal) {
      const within = seen === null ? null : (list.pager?.next((place["at"] ?? {}) as Place, seen) ?? null); // prettier-ignore
      if (within !== null) return { ...place, at: within as Json };
      return following(place["left"] ?? [], place["parents"] ?? null, signal);
    },
  };
}
