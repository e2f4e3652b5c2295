import { entityOf } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";
import type { Problem } from "#domain/problem.ts";
import type { TargetRecord, Write } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";
import { fieldOf, linkedElsewhere, severalMatch, twinsMatch } from "./problems.ts";
import type { Recent, Written } from "./recent.ts";
import { makeSearch, type Found, type Unlinked } from "./search.ts";

export type Create = Extract<Write, { kind: "create" }>;

export type Match =
  | { kind: "none" }
  | { kind: "found"; record: TargetRecord }
  | { kind: "refused"; problem: Problem }
  /** Another record of the page may be the same one: that goes first. */
  | { kind: "later" };

/** Tells which record of the target is which, by the flow's match fields in their order. */
export type Matcher = {
  match(unlinked: readonly Unlinked[]): Promise<ReadonlyMap<string, Match>>;
  /**
   * What the target has for these creates now, but for what another record is linked to; a key is left out when
   * it cannot be looked for.
   */
  whatBecameOf(creates: readonly Create[]): Promise<ReadonlyMap<string, readonly TargetRecord[]>>;
  /** Remembers what this page has taken, and what the target's search may not show yet. */
  took(key: string, wide: () => Fields, record: TargetRecord): void;
  /** The target has it no longer, whatever is remembered of it. */
  lost(id: string): void;
  /** Another record that has one of these of the target, in the ledger, or any of the pages under way. */
  ownersOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All of the page is written and is being stored; the next one may begin. */
  pageWritten(): void;
  /** It is stored: from here on the ledger knows. */
  pageStored(): void;
};

export function makeMatcher(
  ports: Pick<Ports, "ledger" | "clock">,
  { flow, ends, calls, own }: Pick<Claimed, "flow" | "ends" | "calls" | "own">,
  recent: Recent,
): Matcher {
  const { target } = ends;
  const entity = entityOf(ends.entity.to);
  const { marks, search } = makeSearch(target, flow.match, { find: notShownYet }, calls);

  /** Target ids of this page, with the key each belongs to, and of the page that is being stored. */
  let taken = new Map<string, string>();
  let storing = new Map<string, string>();

  /** By now the search shows it as it is, whoever has changed it since. */
  const isShown = ({ at }: Written): boolean =>
    ports.clock.now().epochMilliseconds - at.epochMilliseconds >= target.lagMs * 2;

  function notShownYet(mark: string): Written | undefined {
    const written = recent.find(mark);
    return written === undefined || isShown(written) ? undefined : written;
  }

  function decide(
    found: Found,
    unlinked: Unlinked,
    owners: ReadonlyMap<string, string>,
    claimed: ReadonlySet<string>,
  ): Match {
    const free = withoutOthers(found.records, unlinked.key, owners);
    const records = free.length === 0 ? found.records : free;
    const [record, ...others] = records;
    if (record === undefined) return { kind: "none" };
    if (others.length > 0)
      return { kind: "refused", problem: severalMatch(entity, found.ways, records) };
    const owner = owners.get(record.id);
    if (owner !== undefined && owner !== unlinked.key)
      return {
        kind: "refused",
        problem: linkedElsewhere(entity, fieldOf(found.ways), record, owner),
      };
    return claimed.has(record.id) ? { kind: "later" } : { kind: "found", record };
  }

  /**
   * Where the other side is read too, whichever of two alike came first would be linked by chance: none of
   * them is. Returns the keys that have another one like them on their own side.
   */
  async function twins(found: ReadonlyMap<string, Found>, unlinked: readonly Unlinked[]) {
    const doubled = new Set<string>();
    if (own === null) return doubled;
    for (const field of flow.match.filter((name) => own.searchable.includes(name))) {
      const asked = unlinked.filter(({ key }) => found.get(key)?.ways.includes(field));
      const values = asked.map(({ wide }) => String(wide[field]));
      if (values.length === 0) continue;
      const there = await own.find(field, values, calls);
      asked.forEach(({ key }, index) => {
        if ((there[index] ?? []).some(({ id }) => id !== key)) doubled.add(key);
      });
    }
    return doubled;
  }

  async function ownersOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    // What is stored meanwhile is known to one of the two.
    const before = storing;
    const stored = ids.length === 0 ? [] : await ports.ledger.linkedTo(flow.name, ids);
    return new Map([...stored, ...before, ...taken]);
  }

  return {
    async match(unlinked) {
      if (flow.match.length === 0) return new Map();
      const first: Unlinked[] = [];
      const result = new Map<string, Match>();
      const claimedMarks = new Set<string>();
      for (const each of unlinked) {
        const own = marks(each);
        if (own.some((mark) => claimedMarks.has(mark))) result.set(each.key, { kind: "later" });
        else first.push(each);
        own.forEach((mark) => claimedMarks.add(mark));
      }
      const found = await search(first);
      const owners = await ownersOf(idsIn(found));
      const claimedIds = new Set<string>();
      const doubled = await twins(found, first);
      for (const each of first) {
        const there = found.get(each.key);
        const match: Match =
          there === undefined
            ? { kind: "none" }
            : doubled.has(each.key)
              ? { kind: "refused", problem: twinsMatch(entity, there.ways, there.records) }
              : decide(there, each, owners, claimedIds);
        if (match.kind === "found") claimedIds.add(match.record.id);
        result.set(each.key, match);
      }
      return result;
    },

    async whatBecameOf(creates) {
      const records = creates.map(({ key, fields }) => ({ key, wide: fields }));
      const found = await search(records);
      const owners = await ownersOf(idsIn(found));
      return new Map(
        records
          .filter((record) => marks(record).length > 0)
          .map(({ key }) => [key, withoutOthers(found.get(key)?.records ?? [], key, owners)]),
      );
    },

    took(key, wide, record) {
      taken.set(record.id, key);
      if (target.lagMs === 0) return;
      recent.took(marks({ key, wide: wide() }), { at: ports.clock.now(), key, record });
    },

    lost: recent.lost,
    ownersOf,

    pageWritten() {
      storing = taken;
      taken = new Map();
    },

    pageStored() {
      storing = new Map();
      recent.forget(isShown);
    },
  };
}

const idsIn = (found: ReadonlyMap<string, Found>): readonly string[] =>
  [...found.values()].flatMap(({ records }) => records.map(({ id }) => id));

/** What is another record's can be nobody else's. */
const withoutOthers = (
  records: readonly TargetRecord[],
  key: string,
  owners: ReadonlyMap<string, string>,
): readonly TargetRecord[] => records.filter(({ id }) => (owners.get(id) ?? key) === key);
