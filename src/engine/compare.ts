import { sameValue, type Fields } from "#domain/fields.ts";
import type { Deletes, FlowPlan } from "#domain/flow.ts";
import type { Way } from "#domain/truth.ts";
import type { Link } from "#domain/ports/ledger.ts";
import { isWithdrawn } from "./consent.ts";
import type { Fate, Item } from "./item.ts";
import type { Heir } from "./merged.ts";
import type { Mapped } from "./rules.ts";
import { isWrittenOver, leftAlone, type Taking } from "./written-over.ts";

/** What a record needs, seen from what the ledger remembers of it. */
export type Step =
  | { kind: "settled"; fate: Fate }
  /** `seen`: in a two-way flow, that nobody has changed it on the other side. */
  | { kind: "archive"; link: Link; seen: boolean }
  /** Its source leaves it as it was at the target, where another record has been written over it. */
  | { kind: "restore"; link: Link }
  /** Linked in a two-way flow: what the other side has now decides as well. */
  | { kind: "look"; link: Link }
  /** `current`: what the target's record holds as far as we know. */
  | {
      kind: "update";
      id: string;
      version: string | null;
      current: Fields;
      changedAt?: string | null;
      changedBy?: string | null;
    }
  /** Not linked: to be matched, then created or updated. */
  | { kind: "match" };

const settled = (fate: Fate): Step => ({ kind: "settled", fate });

type Comparing = Pick<FlowPlan, "deletes"> & Taking;

/** What a record needs; where that is nothing, the target is to have of it what it had. */
export function compare(
  item: Item,
  mapped: Mapped,
  about: Comparing,
  heir: Heir | null = null,
): Step {
  const step = stepOf(item, mapped, about, heir);
  const { link } = item.known;
  if (link === null || step.kind !== "settled" || !isWrittenOver(step.fate, item, about))
    return step;
  return { kind: "restore", link };
}

/**
 * New, changed, the same or gone. A record that is gone counts as unchanged where its link stays
 * (the flow ignores deletes) and as filtered where it never had one.
 */
function stepOf(
  item: Item,
  mapped: Mapped,
  { deletes, twoWay }: Comparing,
  heir: Heir | null,
): Step {
  const { link } = item.known;
  switch (mapped.kind) {
    case "gone":
      return goneAtSource(link, deletes, heir);
    case "filtered":
      return filteredStep(item, mapped.content.fields, twoWay !== null);
    case "invalid":
    case "live":
      if (link !== null && mapped.kind === "live" && mapped.once)
        return settled({ kind: "unchanged", link: null });
      if (isSettledAlready(item)) return settled(quietly(item));
      if (mapped.kind === "invalid") return settled(refusedOnRead(mapped.problem));
      return liveStep(item, link, twoWay !== null);
    default:
      return mapped satisfies never;
  }
}

/** That somebody no longer wants to hear from us is told on, though the flow looks at others only. */
function filteredStep(item: Item, fields: Fields, twoWay: boolean): Step {
  const { link } = item.known;
  return link !== null && isWithdrawn(fields, link.base)
    ? liveStep(item, link, twoWay)
    : settled({ kind: "filtered" });
}

function liveStep(item: Item, link: Link | null, twoWay: boolean): Step {
  if (link === null) return { kind: "match" };
  return twoWay ? lookUnlessEcho(item, link) : updateOf(link);
}

function goneAtSource(link: Link | null, deletes: Deletes, heir: Heir | null): Step {
  if (link === null) return settled({ kind: "filtered" });
  // No content has an empty hash: the heir's own content is written over it when it comes.
  if (heir !== null)
    return settled({
      kind: "merged",
      link: heir.here ? null : { ...link, key: heir.key, hash: "" },
    });
  if (deletes === "archive") return { kind: "archive", link, seen: false };
  return settled({
    kind: "unchanged",
    link: link.hash === "" ? { ...link, hash: leftAlone } : null,
  });
}

/** The filter says what takes part: what does already comes back, whatever became of it over there. */
export const takingPart = (mapped: Mapped, { known }: Item, way: Way): Mapped =>
  mapped.kind === "filtered" && (way === "back" || mapped.follows) && known.link !== null
    ? { kind: "live", content: mapped.content, once: false }
    : mapped;

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

/** What we wrote here ourselves comes back as it was agreed: nobody has to look at the other side for it. */
function lookUnlessEcho({ content, fields }: Item, link: Link): Step {
  const { base, hash } = link;
  const names = Object.keys(content.fields);
  const isEcho = names.every((name) => sameValue(content.fields[name], base[name]));
  return isEcho && hash !== "" && content.fields === fields
    ? settled({ kind: "unchanged", link: { ...link, hash: content.hash } })
    : { kind: "look", link };
}

const refusedOnRead = (problem: Extract<Mapped, { kind: "invalid" }>["problem"]): Fate => ({
  kind: "dead",
  direction: "read",
  problem,
  unlink: false,
});
