import type { Foreseen } from "#domain/ports/engine.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Step } from "./compare.ts";
import { agreed } from "./consent.ts";
import { isAlready } from "./content.ts";
import type { Fate, Item } from "./item.ts";
import type { Match } from "./matcher.ts";
import { changedOnBothSides, sameAsAnother } from "./problems.ts";
import type { Weigh } from "./weigh.ts";

export const foreseenFate = ({ key, content }: Item, fate: Fate): Foreseen =>
  fate.kind === "dead"
    ? { kind: "invalid", key, fields: content.fields, problem: fate.problem }
    : fate.kind === "filtered"
      ? { kind: "filtered", key }
      : { kind: "unchanged", key };

export function foreseenMatch(
  item: Item,
  match: Match | undefined,
  weigh: Weigh,
  twoWay: boolean,
): Foreseen {
  const { key, fields } = item;
  switch (match?.kind) {
    case undefined:
    case "none":
      return { kind: "create", key, fields };
    case "later":
      return { kind: "conflict", key, fields, problem: sameAsAnother };
    case "refused":
      return { kind: "conflict", key, fields, problem: match.problem };
    case "found": {
      const { record } = match;
      if (twoWay) return { ...foreseenAsWeighed(item, record, weigh), matched: true };
      if (isAlready(record.fields, agreed(fields, record.fields)))
        return { kind: "unchanged", key, matched: true };
      const { give } = weigh(item, record);
      return { kind: "update", key, from: record.fields, fields: give, matched: true };
    }
    default:
      return match satisfies never;
  }
}

/** A link whose record is gone at the target is made anew by a run. */
export function foreseenUpdate(
  item: Item,
  step: Extract<Step, { kind: "update" }>,
  now: TargetRecord | undefined,
  weigh: Weigh,
): Foreseen {
  const { key, fields } = item;
  if (now === undefined) return { kind: "create", key, fields };
  const { give } = weigh(item, { fields: step.current });
  return { kind: "update", key, from: now.fields, fields: give };
}

/** In a two-way flow: what of it moves, once both sides are seen. */
export function foreseenAsWeighed(
  item: Item,
  now: TargetRecord | undefined,
  weigh: Weigh,
): Foreseen {
  const { key, fields } = item;
  if (now === undefined) return { kind: "create", key, fields };
  const { give, asks } = weigh(item, now);
  if (asks !== null) {
    const asked = Object.keys(asks.fields);
    const mine = Object.fromEntries(asked.map((name) => [name, fields[name] ?? null]));
    const problem = changedOnBothSides(asked);
    return { kind: "conflict", key, from: now.fields, fields: mine, problem, asks: true };
  }
  return Object.keys(give).length === 0
    ? { kind: "unchanged", key }
    : { kind: "update", key, from: now.fields, fields: give };
}
