import { isBlank, sameValue, type Value } from "#domain/fields.ts";
import { unionOf } from "./union.ts";

/** One field of a linked record, seen from the side in hand; undefined is unknown, and counts as empty. */
export type Sides = {
  /** What this side has, and the same as the other side would write it: a reference has another id there. */
  own: Value | undefined;
  mine: Value | undefined;
  other: Value | undefined;
  /** What each side had when both agreed last; null where they never did. */
  agreed: { own: Value | undefined; other: Value | undefined } | null;
};

/** Where it was changed on both sides: who wins, or whether lists are put together. */
export type Rule = "mine" | "other" | "non_empty" | "union" | "ask";

export type Verdict =
  /** Nothing has to move: the values are the same, or each tool keeps one in a form of its own. */
  | { kind: "agreed" }
  /** Mine goes to the other side, or the other side's comes here. */
  | { kind: "mine" }
  | { kind: "other" }
  /** Both sides get this. */
  | { kind: "both"; value: Value }
  | { kind: "ask" };

const agreed: Verdict = { kind: "agreed" };
const mineWins: Verdict = { kind: "mine" };
const otherWins: Verdict = { kind: "other" };
const ask: Verdict = { kind: "ask" };

/**
 * The three-way merge of one field. Seen from the other side, with the rule turned round too, it says the
 * same; and once what it says is done, it says that both agree.
 */
export function merge(sides: Sides, rule: Rule): Verdict {
  const { mine, other, agreed: before } = sides;
  if (sameValue(mine, other)) return agreed;
  if (before === null) {
    if (isBlank(mine) !== isBlank(other)) return isBlank(mine) ? otherWins : mineWins;
    return decided(sides, rule);
  }
  const here = !sameValue(sides.own, before.own);
  const there = !sameValue(other, before.other);
  if (here && there) return decided(sides, rule);
  if (here) return mineWins;
  return there ? otherWins : agreed;
}

function decided({ mine, other, agreed: before }: Sides, rule: Rule): Verdict {
  switch (rule) {
    case "mine":
      return mineWins;
    case "other":
      return otherWins;
    case "non_empty":
      if (isBlank(mine) === isBlank(other)) return ask;
      return isBlank(mine) ? otherWins : mineWins;
    case "union": {
      // Where each tool keeps the old rows in a form of its own, nobody can say which were taken away.
      const old = before !== null && sameValue(before.own, before.other) ? before.own : undefined;
      const value = unionOf(mine, other, old);
      return value === null ? ask : { kind: "both", value };
    }
    case "ask":
      return ask;
    default:
      return rule satisfies never;
  }
}

const out = "unsubscribed";

/**
 * Consent follows no rule: it is withdrawn on both sides as soon as it is on one, and what was withdrawn
 * and given again stays on the side where it was given.
 */
export function mergeConsent(sides: Sides, rule: Rule): Verdict {
  const { own, mine, other, agreed: before } = sides;
  if (mine === other || (mine !== out && other !== out)) return merge(sides, rule);
  const old = before !== null && sameValue(own, before.own) && mine === out;
  const oldThere = before !== null && sameValue(other, before.other) && other === out;
  if (old || oldThere) return agreed;
  return mine === out ? mineWins : otherWins;
}
