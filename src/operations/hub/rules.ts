import { entityOf, type EntityName } from "#domain/entities/index.ts";
import { hubFields, hubName } from "#domain/hub.ts";
import type { OwnerRule, Ownership } from "#domain/ownership.ts";
import { listed, nearest } from "../nearest.ts";
import type { Fault } from "../workspace/faults.ts";
import type { OwnerWords } from "./contract.ts";

/** What a person said about an entity. */
export type OwnershipWords = {
  owner?: OwnerWords | undefined;
  fields?: Readonly<Record<string, OwnerWords>> | null | undefined;
};

export const ownerHint = "newest, filled, or connections in their order, such as [books, crm]";

export function ownershipOf({ owner = "newest", fields }: OwnershipWords): Ownership {
  return {
    default: ruleOf(owner),
    fields: Object.fromEntries(
      Object.entries(fields ?? {}).map(([name, words]) => [name, ruleOf(words)]),
    ),
  };
}

function ruleOf(words: OwnerWords): OwnerRule {
  if (typeof words !== "string") return { kind: "order", connections: words };
  return words === "filled" ? { kind: "filled" } : { kind: "newest" };
}

/** Read again, it is the same. */
export const ownershipWords = ({ default: owner, fields }: Ownership): OwnershipWords => ({
  owner: wordsOf(owner),
  ...(Object.keys(fields).length > 0 && {
    fields: Object.fromEntries(Object.entries(fields).map(([name, rule]) => [name, wordsOf(rule)])),
  }),
});

export const wordsOf = (rule: OwnerRule): OwnerWords =>
  rule.kind === "order" ? rule.connections : rule.kind;

/** What is wrong with it, at a path of its words. */
export function ownershipFaults(
  entity: EntityName,
  { owner, fields }: OwnershipWords,
  connections: Iterable<string>,
): readonly Fault[] {
  const known = [...connections].filter((name) => name !== hubName);
  const names = hubFields(entity);
  return [
    ...(owner === undefined ? [] : wordsFaults(owner, known, ["owner"])),
    ...Object.entries(fields ?? {}).flatMap(([name, words]) =>
      names.includes(name)
        ? wordsFaults(words, known, ["fields", name])
        : [{ path: ["fields", name], message: noField(entity, name, names), atKey: true }],
    ),
  ];
}

function wordsFaults(words: OwnerWords, known: readonly string[], path: string[]): Fault[] {
  if (typeof words === "string")
    return words === "newest" || words === "filled"
      ? []
      : [{ path, message: `an owner is ${ownerHint}` }];
  if (words.length === 0) return [{ path, message: "name at least one connection" }];
  return words.flatMap((name, place) => {
    const at = [...path, String(place)];
    if (words.indexOf(name) !== place) return [{ path: at, message: `${name} stands here twice` }];
    return known.includes(name) ? [] : [{ path: at, message: noConnection(name, known) }];
  });
}

function noConnection(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const begin = `there is no connection “${name.slice(0, 60)}”`;
  if (meant !== null) return `${begin}; did you mean ${meant}?`;
  return known.length === 0
    ? `${begin}; there is none yet`
    : `${begin}; there are ${listed(known, 12)}`;
}

function noField(entity: EntityName, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const begin = `a ${entityOf(entity).one} has no field “${name.slice(0, 60)}” in the hub`;
  return meant === null ? begin : `${begin}; did you mean ${meant}?`;
}
