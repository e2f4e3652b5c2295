import { isBlank, sameValue, type Fields, type Value } from "./fields.ts";

/** Whose value a field of a golden record has where connections have different ones. */
export type OwnerRule =
  /** The one that was changed last, as its tool says. */
  | { kind: "newest" }
  /** One that is filled before one that is empty; of two that are filled, the newest. */
  | { kind: "filled" }
  /** The connection that stands first; the rest stand last, and of two that rank alike the newest counts. */
  | { kind: "order"; connections: readonly string[] };

/** Of the golden records of one entity; fields by their canonical names. */
export type Ownership = { default: OwnerRule; fields: Readonly<Record<string, OwnerRule>> };

/** Where nobody has said anything. */
export const usualOwnership: Ownership = { default: { kind: "newest" }, fields: {} };

/** For each field: the connection it came from, and when it was changed there; an ISO instant. */
export type Origins = Readonly<Record<string, Origin>>;
export type Origin = { from: string; at: string };

type Golden = { fields: Fields; origins: Origins };

export type Settled = Golden & {
  /** Whether a value is another one now. */
  changed: boolean;
  /** Fields that keep another value than the one that came. */
  kept: readonly string[];
};

export const ruleOf = ({ default: usual, fields }: Ownership, field: string): OwnerRule =>
  (Object.hasOwn(fields, field) ? fields[field] : undefined) ?? usual;

/** What a golden record is once `given` has come from a connection. */
export function settled(ownership: Ownership, golden: Golden, given: Fields, by: Origin): Settled {
  const fields: Record<string, Value> = { ...golden.fields };
  const origins: Record<string, Origin> = { ...golden.origins };
  const kept: string[] = [];
  let changed = false;
  for (const [name, value] of Object.entries(given)) {
    const held = { value: fields[name] ?? null, origin: origins[name] ?? null };
    const rule = ruleOf(ownership, name);
    if (sameValue(held.value, value)) {
      if (!isBlank(value) && isHigher(rule, by, held.origin)) origins[name] = by;
    } else if (takes(rule, held, value, by)) {
      fields[name] = value;
      origins[name] = by;
      changed = true;
    } else kept.push(name);
  }
  return { fields, origins, changed, kept };
}

function takes(
  rule: OwnerRule,
  held: { value: Value; origin: Origin | null },
  value: Value,
  by: Origin,
): boolean {
  switch (rule.kind) {
    case "newest":
      return isNewer(by, held.origin);
    case "filled":
      if (isBlank(value) || isBlank(held.value)) return isBlank(held.value);
      return isNewer(by, held.origin);
    case "order": {
      if (isBlank(held.value) || held.origin === null) return true;
      const before = rankIn(rule, by.from) - rankIn(rule, held.origin.from);
      return before === 0 ? isNewer(by, held.origin) : before < 0;
    }
    default:
      return rule satisfies never;
  }
}

/** The same value from a connection that ranks higher is that one's from then on. */
const isHigher = (rule: OwnerRule, by: Origin, origin: Origin | null): boolean =>
  rule.kind === "order" && (origin === null || rankIn(rule, by.from) < rankIn(rule, origin.from));

function rankIn({ connections }: Extract<OwnerRule, { kind: "order" }>, name: string): number {
  const place = connections.indexOf(name);
  return place === -1 ? connections.length : place;
}

/** What comes from where the field came from before is always newer than that. */
const isNewer = (by: Origin, origin: Origin | null): boolean =>
  origin === null ||
  by.from === origin.from ||
  Temporal.Instant.compare(Temporal.Instant.from(by.at), Temporal.Instant.from(origin.at)) >= 0;
