import type { Foreseen } from "#domain/ports/engine.ts";
import type { TargetRecord } from "#domain/record.ts";
import { agreed } from "./consent.ts";
import { isAlready } from "./content.ts";
import type { Fate, Item } from "./item.ts";
import type { Match } from "./matcher.ts";
import type { Open } from "./open.ts";
import { changedOnBothSides } from "./problems.ts";
import type { Weigh } from "./weigh.ts";
import type { Current } from "./weighed.ts";

/** What a run would do with a record; `id`: its id at the target then, null where it is not there. */
export type Forecast = { foreseen: Foreseen; id: string | null };

type About = {
  match: Match | undefined;
  /** In a one-way flow: linked records as the target has them. */
  now: ReadonlyMap<string, TargetRecord>;
  weigh: Weigh;
  twoWay: boolean;
};

export function foreseenFate({ key, content }: Item, fate: Fate): Foreseen {
  if (fate.kind === "dead")
    return { kind: "invalid", key, fields: content.fields, problem: fate.problem };
  if (fate.kind === "deleted") return { kind: "delete", key };
  return { kind: fate.kind === "filtered" ? "filtered" : "unchanged", key };
}

/** What is to be done once all is known that decides about it. */
export function foreseenOpen({ item, step }: Open, about: About): Foreseen {
  const { key } = item;
  const { now, weigh, twoWay } = about;
  switch (step.kind) {
    case "archive":
      return { kind: "delete", key };
    case "match":
      return foreseenMatch(item, about);
    case "update": {
      const there = { ...step, fields: step.current };
      if (twoWay) return foreseenAsWeighed(item, there, weigh);
      // As the target has it; where it cannot say, as it was written last.
      const from = now.get(step.id)?.fields ?? step.current;
      return { kind: "update", key, from, fields: weigh(item, there).give };
    }
    case "look":
      throw new Error("what the other side has decides as well, and nobody has looked");
    default:
      return step satisfies never;
  }
}

function foreseenMatch(item: Item, { match, weigh, twoWay }: About): Foreseen {
  const { key, fields } = item;
  switch (match?.kind) {
    case undefined:
    case "none":
      return { kind: "create", key, fields: weigh(item, null).give };
    case "later":
      throw new Error("a record that waits for another one has no fate yet");
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

/** In a two-way flow: what of it moves, once both sides are seen. */
function foreseenAsWeighed(item: Item, now: Current, weigh: Weigh): Foreseen {
  const { key, fields } = item;
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

/** Its id at the target once that is done; made up for one that is not there yet, null where it never is. */
export function idOnceDone({ item, step }: Open, match: Match | undefined): string | null {
  if (step.kind === "update") return step.id;
  if (step.kind !== "match" || match?.kind === "refused") return null;
  return match?.kind === "found" ? match.record.id : madeUp(item.key);
}

/** No tool has it: it is told apart from all ids that are there. */
const madeUp = (key: string): string => `new of ${key}`;
