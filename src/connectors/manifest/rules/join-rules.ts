import { isSettable, parsePath } from "../../json/path.ts";
import type { ObjectSpec } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import type { ReadSpec } from "../read-spec.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Joins ask for the records they are about, lead to a place, and are there where a list names them. */
export const joins: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    for (const [name, join] of Object.entries(spec.joins)) {
      const path = [...at, "joins", name];
      const uses = sent({ path, request: join });
      if (!["ids", "items", "id"].some((word) => uses.has(word)))
        yield finding(path, "A join asks for records by their ids; put {ids}, {items} or {id} into the request"); // prettier-ignore
      if (!isSettable(parsePath(join.into) ?? []))
        yield finding([...path, "into"], "A path of names is accepted here");
    }
    yield* namesOf(at, spec);
  }
};

function* namesOf(at: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  const known = Object.keys(spec.joins);
  const parts = ["list", "changes", "gone_list", "read", "find"] as const;
  const reads = parts.flatMap((part): [string, ReadSpec][] => {
    const read: ReadSpec | undefined = spec[part];
    return read === undefined ? [] : [[part, read]];
  });
  for (const [part, read] of reads) yield* judgeNames([...at, part], read, known);
  for (const name of known)
    if (!reads.some(([, read]) => read.joins.includes(name)))
      yield finding([...at, "joins", name], `No list names this join: put joins: [${name}] where records come without it`); // prettier-ignore
}

function* judgeNames(
  path: readonly PropertyKey[],
  { joins: named, compact, each }: ReadSpec,
  known: readonly string[],
): Iterable<Finding> {
  if (compact === true && named.length > 0)
    yield finding([...path, "joins"], "A compact list brings no records to join to; name them at read"); // prettier-ignore
  if (each !== undefined && each.joins.length > 0)
    yield finding([...path, "each", "joins"], "What is joined belongs to records, not to those they are listed by"); // prettier-ignore
  for (const [index, name] of named.entries())
    if (!known.includes(name))
      yield finding([...path, "joins", index], unknown("The join", name, known));
}
