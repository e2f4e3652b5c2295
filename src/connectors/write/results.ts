import type { Json } from "#domain/json.ts";
import { type Get, getAt, textOf } from "../json/path.ts";
import type { MatchSpec, ResultsSpec, SignSpec } from "../manifest/write-spec.ts";

/** What the answer says of one write; undefined where it says nothing. */
export type Result =
  /** `made`: the tool says that it was not there before. */
  | { kind: "done"; record: Json | undefined; id: string | null; made: boolean }
  | { kind: "failed"; failure: Json; status: number | null };

/** Tells which result belongs to which of the items that were sent, in their order. */
export type ReadResults = (
  body: Json | undefined,
  items: readonly Json[],
) => readonly (Result | undefined)[];

/** From what a linter has seen. A result that matches several items counts for each. */
export function compileResults(spec: ResultsSpec): ReadResults {
  const each = spec.each === undefined ? null : getAt(spec.each);
  const record: Get = spec.record === undefined ? (value) => value : getAt(spec.record);
  const isFailed = compileSign(spec.failed);
  const isMade = compileSign(spec.made);
  const status = spec.status === undefined ? null : getAt(spec.status);
  const idAt = spec.id === undefined ? null : getAt(spec.id);
  const match = compileMatch(spec.match ?? {});
  const failures = spec.failures === undefined ? null : getAt(spec.failures.each);
  const matchFailure = compileMatch(spec.failures?.match ?? {});

  const statusOf = (one: Json): number | null => {
    const said = status === null ? NaN : Number(textOf(status(one)) ?? NaN);
    return Number.isFinite(said) ? said : null;
  };
  const resultOf = (one: Json): Result =>
    isFailed(one) || (statusOf(one) ?? 200) >= 300
      ? { kind: "failed", failure: one, status: statusOf(one) }
      : {
          kind: "done",
          record: record(one),
          id: idAt === null ? null : textOf(idAt(one)),
          made: isMade(one),
        };

  return (body, items) => {
    if (each === null) return items.map(() => resultOf(body ?? null));
    const found: (Result | undefined)[] = items.map(() => undefined);
    const find = indexOf(items);
    listIn(each(body)).forEach((one, at) =>
      find(one, match, at, (index) => (found[index] ??= resultOf(one))),
    );
    listIn(failures?.(body)).forEach((one, at) =>
      find(one, matchFailure, at, (index) => {
        found[index] = { kind: "failed", failure: one, status: statusOf(one) };
      }),
    );
    return found;
  };
}

function compileSign(spec: SignSpec | undefined): (one: Json) => boolean {
  if (spec === undefined) return () => false;
  if (typeof spec === "string") {
    const get = getAt(spec);
    return (one) => (get(one) ?? null) !== null;
  }
  const get = getAt(spec.at);
  const sign = String(spec.equals);
  return (one) => textOf(get(one)) === sign;
}

type Pair = { name: string; result: Get; item: Get };
type Match = readonly Pair[] | "position";

const compileMatch = (match: MatchSpec): Match =>
  match === "position"
    ? match
    : Object.entries(match).map(([result, item]) => ({
        name: item,
        result: getAt(result),
        item: getAt(item),
      }));

const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Looks items up by what stands at a path in them; letters large and small are alike, as in e-mails. */
function indexOf(items: readonly Json[]) {
  const indexes = new Map<string, Map<string, number>>();
  const indexFor = ({ name, item }: Pair): Map<string, number> => {
    const made = indexes.get(name);
    if (made !== undefined) return made;
    const index = new Map<string, number>();
    items.forEach((one, at) => {
      const key = textOf(item(one));
      if (key !== null) index.set(key.toLowerCase(), at);
    });
    indexes.set(name, index);
    return index;
  };

  /** Tells `take` of each that the result is about; by the first of the pairs of which it says something. */
  return (result: Json, pairs: Match, at: number, take: (index: number) => void): void => {
    if (pairs === "position") {
      if (at < items.length) take(at);
      return;
    }
    for (const pair of pairs) {
      const said = pair.result(result);
      const keys = Array.isArray(said) ? said.map(textOf) : [textOf(said)];
      if (keys.every((key) => key === null)) continue;
      for (const key of keys) {
        const index = key === null ? undefined : indexFor(pair).get(key.toLowerCase());
        if (index !== undefined) take(index);
      }
      return;
    }
  };
}
