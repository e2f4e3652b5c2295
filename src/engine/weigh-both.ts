import type { ConflictField, NewConflict } from "#domain/conflict.ts";
import { sameValue, type Fields, type Value } from "#domain/fields.ts";
import { ruleFor, type Side, type Truth, type Way } from "#domain/truth.ts";
import { choiceIn } from "./choice.ts";
import type { Claimed } from "./claimed.ts";
import { consent } from "./consent.ts";
import type { Item } from "./item.ts";
import { merge, mergeConsent, type Rule, type Sides, type Verdict } from "./merge.ts";
import { newer } from "./newer.ts";
import { foundAsWritten, wrote } from "./once-there.ts";
import { noteTrips } from "./trips.ts";
import type { Current, Weighed } from "./weighed.ts";

/** A two-way flow as one half of a run sees it. */
export type TwoWay = Pick<Claimed, "way" | "flow" | "ends" | "spoke"> & {
  twoWay: Truth;
  own: NonNullable<Claimed["own"]>;
};

/** No content has it: what comes back is compared once, but nobody has to ask for it. */
const unseen = "unseen";

/**
 * Merges a record with its partner field by field. Of what moves, this half does what goes to the other side;
 * what is to come from there is left to the half that reads there, which sees the same.
 */
export function weighBoth(
  flow: TwoWay,
  looked: Item,
  current: Current | null,
  now: Temporal.Instant,
): Weighed {
  const { way } = flow;
  const item = current === null ? looked : { ...looked, known: foundAsWritten(looked.known, current.fields) }; // prettier-ignore
  const last = item.known.link;
  const before = last?.back ?? { hash: unseen, base: last?.base ?? {}, trips: {} };
  const fields = Object.keys(item.fields).map((field): Found => {
    const { mine, other } = valuesOf(item, current, field);
    const facts = { base: last?.base[field] ?? null, ...bySide(way, mine, other) };
    const choice = choiceIn(item.conflict, field, facts);
    const verdict = verdictOn(flow, item, current, field, choice);
    return { field, facts, choice, ...outcomeOf(verdict, mine, other) };
  });

  const give = collect(fields, ({ gives }) => gives);
  const holds = collect(fields, (found) => found.holds);
  const held = Object.keys(holds).map((field) => [field, item.content.fields[field] ?? item.fields[field] ?? null]); // prettier-ignore
  const owes = fields.some((found) => found.owes);
  const moved = current === null ? [] : Object.keys(give);
  return {
    give,
    link: {
      key: item.key,
      hash: item.content.hash,
      base: { ...last?.base, ...(Object.fromEntries(held) as Fields) },
      back: {
        hash: owes ? "" : seenThere(flow, before.hash, Object.keys(give).length > 0),
        base: { ...before.base, ...holds },
        trips: noteTrips(before.trips, moved, flow.spoke?.heading === "out" ? "back" : way, now),
      },
    },
    asks: questions(way, fields, changesOf(way, item, current)),
  };
}

/**
 * What the other half handled last. What goes there changes it: should it be again what it was then, that is a
 * change. So it is where the other half is a flow of its own, which may have gone on since we looked.
 */
function seenThere({ spoke }: TwoWay, hash: string, gives: boolean): string {
  if (hash === "") return hash;
  return gives || (spoke !== null && hash !== wrote) ? unseen : hash;
}

type Found = Outcome & { field: string; facts: ConflictField; choice: Side | null };

const collect = <One>(
  found: readonly Found[],
  pick: (one: Found) => One | undefined,
): Record<string, One> =>
  Object.fromEntries(
    found.flatMap((one): [string, One][] => {
      const picked = pick(one);
      return picked === undefined ? [] : [[one.field, picked]];
    }),
  );

const valuesOf = ({ fields }: Item, current: Current | null, field: string) => ({
  mine: fields[field] ?? null,
  other: current?.fields[field] ?? null,
});

/** What one field comes to: what goes over there, and what that side holds then if both are agreed. */
type Outcome = { gives?: Value; holds?: Value; owes: boolean; asks: boolean };
const quiet = { owes: false, asks: false };

function outcomeOf(verdict: Verdict, mine: Value, other: Value): Outcome {
  switch (verdict.kind) {
    case "agreed":
      return { ...quiet, holds: other };
    case "mine":
      return { ...quiet, gives: mine, holds: mine };
    case "other":
      return { ...quiet, owes: true };
    case "both": {
      // Agreed only once both sides have it: until then the other half compares with what was before.
      const { value } = verdict;
      const gives = sameValue(value, other) ? {} : { gives: value };
      return sameValue(value, mine)
        ? { ...quiet, ...gives, holds: value }
        : { ...quiet, ...gives, owes: true };
    }
    case "ask":
      return { ...quiet, asks: true };
    default:
      return verdict satisfies never;
  }
}

/** What is asked, beside what was chosen and is still to be carried out by the other half. */
function questions(
  way: Way,
  found: readonly Found[],
  changed: NewConflict["changed"],
): Weighed["asks"] {
  if (!found.some(({ asks }) => asks)) return null;
  const waits = (one: Found): boolean => one.owes && one.choice !== null;
  const fields = collect(found, (one) => (one.asks || waits(one) ? one.facts : undefined));
  const side: Side = way === "there" ? "target" : "source";
  return { fields, choices: collect(found, (one) => (waits(one) ? side : undefined)), changed };
}

function verdictOn(
  { way, flow, ends, own, twoWay }: TwoWay,
  item: Item,
  current: Current | null,
  field: string,
  choice: Side | null,
): Verdict {
  if (current === null || isCorrected(item, field, ends.target.references)) return { kind: "mine" };
  const rule = ruleHere(way, choice ?? ruleFor(twoWay, field), item.record.changedAt, current.changedAt); // prettier-ignore
  const sides = sidesOf(item, current, field);
  if (field === consent) return mergeConsent(sides, rule);
  if (own.holds.has(field)) return merge(sides, rule);
  // What this side cannot hold does not come back: it is given, or each side keeps its own.
  const fixed = Object.hasOwn(flow.set, field) && !sameValue(sides.mine, sides.other);
  return fixed || merge(sides, rule).kind === "mine" ? { kind: "mine" } : { kind: "agreed" };
}

function sidesOf(
  { known: { link }, content, fields }: Item,
  current: Current,
  field: string,
): Sides {
  const other: Fields = link === null ? {} : (link.back?.base ?? link.base);
  const known = link !== null && (field in link.base || field in other);
  return {
    own: content.fields[field],
    mine: fields[field] ?? null,
    other: current.fields[field],
    agreed: known ? { own: link.base[field], other: other[field] } : null,
  };
}

function ruleHere(
  way: Way,
  rule: Truth["default"],
  mine: string | null,
  other: string | null | undefined,
): Rule {
  if (rule === "newest") return newer(mine, other) ?? "ask";
  if (rule !== "source" && rule !== "target") return rule;
  return (rule === "source") === (way === "there") ? "mine" : "other";
}

/** A person made another value of it than the source has. */
const isCorrected = (
  { content, fields }: Item,
  field: string,
  references: Readonly<Record<string, string>>,
): boolean => !(field in references) && !sameValue(content.fields[field], fields[field]);

function changesOf(way: Way, { record }: Item, current: Current | null): NewConflict["changed"] {
  const changed = bySide(way, record.changedAt, current?.changedAt ?? null);
  const by = bySide(way, record.changedBy ?? null, current?.changedBy ?? null);
  return by.source === null && by.target === null ? changed : { ...changed, by };
}

const bySide = <One>(way: Way, mine: One, other: One): { source: One; target: One } =>
  way === "there" ? { source: mine, target: other } : { source: other, target: mine };
