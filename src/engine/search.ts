import type { Fields } from "#domain/fields.ts";
import { isWeak, markOf, partsOf } from "#domain/match.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Recent } from "./recent.ts";

/** A record without a link, and all its fields to tell it by. */
export type Unlinked = { key: string; wide: Fields };

/** Records of the target that may be the one in hand, and the ways by which they were found. */
export type Found = { ways: readonly string[]; records: readonly TargetRecord[] };

export type Search = {
  /** What a record is told by, one mark for each way. */
  marks(record: Unlinked): readonly string[];
  search(records: readonly Unlinked[]): Promise<ReadonlyMap<string, Found>>;
};

/**
 * Looks for records by the ways of a flow. All ways count, so that an e-mail that is one record's and a
 * phone that is another's are two candidates; a name alone only where nothing else is found.
 */
export function makeSearch(
  target: Pick<Target, "find" | "searchable">,
  match: readonly string[],
  recent: Pick<Recent, "find">,
  calls: AbortSignal,
): Search {
  const ways = match.flatMap((way) => {
    const by = fieldToAsk(way, target.searchable);
    return by === undefined ? [] : [{ way, by }];
  });
  const marked = ({ wide }: Pick<Unlinked, "wide">, way: string): string | null => {
    const mark = markOf(wide, way);
    return mark === null ? null : `${way}|${mark}`;
  };

  async function searchBy(
    { way, by }: { way: string; by: string },
    records: readonly Unlinked[],
  ): Promise<ReadonlyMap<string, readonly TargetRecord[]>> {
    const asked = records.flatMap((record) => {
      const mark = marked(record, way);
      return mark === null ? [] : { key: record.key, mark, value: String(record.wide[by]) };
    });
    const values = [...new Set(asked.map(({ value }) => value))];
    if (values.length === 0) return new Map();
    const answers = await target.find(by, values, calls);
    const byValue = new Map(values.map((value, index) => [value, answers[index] ?? []]));
    return new Map(
      asked.map(({ key, mark, value }) => {
        const there = byValue.get(value) ?? [];
        const same = way === by ? there : there.filter(({ fields }) => marked({ wide: fields }, way) === mark); // prettier-ignore
        return [key, withRecent(same, mark, key)];
      }),
    );
  }

  /** A search may lag behind what was just written. */
  function withRecent(
    records: readonly TargetRecord[],
    mark: string,
    key: string,
  ): readonly TargetRecord[] {
    const ours = recent.find(mark);
    if (ours === undefined || ours.key === key) return records;
    return records.some(({ id }) => id === ours.record.id) ? records : [...records, ours.record];
  }

  return {
    marks: (record) => ways.flatMap(({ way }) => marked(record, way) ?? []),

    async search(records) {
      const found = new Map<string, Found>();
      for (const each of ways) {
        const asked = isWeak(each.way) ? records.filter(({ key }) => !found.has(key)) : records;
        for (const [key, more] of await searchBy(each, asked))
          if (more.length > 0) found.set(key, joined(found.get(key), each.way, more));
      }
      return found;
    },
  };
}

function joined(before: Found | undefined, way: string, records: readonly TargetRecord[]): Found {
  if (before === undefined) return { ways: [way], records };
  const known = new Set(before.records.map(({ id }) => id));
  const more = records.filter(({ id }) => !known.has(id));
  return more.length === 0
    ? before
    : { ways: [...before.ways, way], records: [...before.records, ...more] };
}

/** Of several fields that count together one is looked for, the rest is compared; a phone is rarer than a name. */
function fieldToAsk(way: string, searchable: readonly string[]): string | undefined {
  const fields = partsOf(way).filter((field) => searchable.includes(field));
  return fields.find((field) => field !== "name") ?? fields[0];
}
