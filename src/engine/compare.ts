import type { Fields } from "#domain/fields.ts";
import type { Deletes } from "#domain/flow.ts";
import type { Link } from "#domain/ports/ledger.ts";
import type { Fate, Item } from "./item.ts";
import type { Heir } from "./merged.ts";
import type { Mapped } from "./rules.ts";

/** What a record needs, seen from what the ledger remembers of it. */
export type Step =
  | { kind: "settled"; fate: Fate }
  | { kind: "archive"; link: Link }
  /** `current`: what the target's record holds as far as we know. */
  | { kind: "update"; id: string; version: string | null; current: Fields }
  /** Not linked: to be matched, then created or updated. */
  | { kind: "match" };

const settled = (fate: Fate): Step => ({ kind: "settled", fate });

/**
 * New, changed, the same or gone. A record that is gone counts as unchanged where its link stays
 * (the flow ignores deletes) and as filtered where it never had one.
 */
export function compare(
  item: Item,
  mapped: Mapped,
  deletes: Deletes,
  heir: Heir | null = null,
): Step {
  const { link } = item.known;
  switch (mapped.kind) {
    case "gone":
      return goneAtSource(link, deletes, heir);
    case "filtered":
      return settled({ kind: "filtered" });
    case "invalid":
    case "live":
      if (link !== null && mapped.kind === "live" && mapped.once)
        return settled({ kind: "unchanged", link: null });
      if (isSettledAlready(item)) return settled(quietly(item));
      if (mapped.kind === "invalid") return settled(refusedOnRead(mapped.problem));
      return link === null ? { kind: "match" } : updateOf(link);
    default:
      return mapped satisfies never;
  }
}

function goneAtSource(link: Link | null, deletes: Deletes, heir: Heir | null): Step {
  if (link === null) return settled({ kind: "filtered" });
  // No content has an empty hash: the heir's own content is written over it when it comes.
  if (heir !== null)
    return settled({
      kind: "merged",
      link: heir.here ? null : { ...link, key: heir.key, hash: "" },
    });
  if (deletes === "archive") return { kind: "archive", link };
  return settled({ kind: "unchanged", link: null });
}

/** Its content is at the target, or a person discarded it as it is. */
const isSettledAlready = ({ known, content }: Item): boolean =>
  known.link?.hash === content.hash ||
  (known.letter?.state === "discarded" && known.letter.hash === content.hash);

const quietly = ({ known, content }: Item): Fate =>
  known.link?.hash === content.hash ? { kind: "unchanged", link: null } : { kind: "filtered" };

const updateOf = ({ id, version, base }: Link): Step => ({
  kind: "update",
  id,
  version,
  current: base,
});

const refusedOnRead = (problem: Extract<Mapped, { kind: "invalid" }>["problem"]): Fate => ({
  kind: "dead",
  direction: "read",
  problem,
  unlink: false,
});
