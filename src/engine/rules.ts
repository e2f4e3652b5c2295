import { testsOf } from "#domain/condition.ts";
import { entityOf } from "#domain/entities/index.ts";
import { canonicalTextOf, sameValue, type Fields, type Value } from "#domain/fields.ts";
import { zoneOf, type FlowPlan } from "#domain/flow.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Clock, Hash } from "#domain/ports/world.ts";
import type { Problem } from "#domain/problem.ts";
import type { SourceRecord } from "#domain/record.ts";
import { fieldsOf } from "#domain/match.ts";
import { without, type Content } from "./content.ts";

/** What the flow's rules make of one source record. */
export type Mapped =
  | { kind: "gone" }
  /** `follows`: what is linked takes part all the same. */
  | { kind: "filtered"; content: Content; follows: boolean }
  /** A value that matters to this flow is not what its field takes. */
  | { kind: "invalid"; content: Content; problem: Problem }
  /** `once`: where it is at the target already, it stays as it is there. */
  | { kind: "live"; content: Content; once: boolean };

/** where, map and set of a flow, and the names its entities complete, as one function; it is `now` in it. */
export function makeRules(
  flow: FlowPlan,
  ends: Ends,
  { hash, clock }: { hash: Hash; clock: Pick<Clock, "now"> },
): (record: SourceRecord) => Mapped {
  const from = entityOf(ends.entity.from);
  const to = entityOf(ends.entity.to);
  const { holds } = ends.target;
  const renames = Object.entries(flow.map);
  const wheres = testsOf(flow.where, { now: clock.now(), zone: zoneOf(flow) });
  const leftOut = new Set(flow.leaveOut);

  // In a two-way flow a field that goes elsewhere by the map has no namesake at the target.
  const elsewhere = flow.twoWay === null ? [] : Object.values(flow.map);

  const held = [...holds].filter((name) => !leftOut.has(name)).sort();
  const isHeld = new Set(held);
  const textOf = canonicalTextOf(held);
  const isPlain = renames.length === 0 && Object.keys(flow.set).length === 0;

  const renamedFields = (fields: Fields): Fields => {
    if (isPlain) return fields;
    const mapped: Record<string, Value> = { ...fields };
    for (const name of elsewhere) delete mapped[name];
    for (const [name, source] of renames) {
      const value = fields[source];
      if (value === undefined) delete mapped[name];
      else mapped[name] = value;
    }
    return { ...mapped, ...flow.set };
  };

  /** Nearly always the target can hold all of it, and then it is one and the same. */
  const heldIn = (wide: Fields): Fields => {
    for (const name in wide) if (!isHeld.has(name)) return onlyHeld(wide);
    return wide;
  };
  const onlyHeld = (wide: Fields): Fields => {
    const fields: Record<string, Value> = {};
    for (const name of held) {
      const value = wide[name];
      if (value !== undefined) fields[name] = value;
    }
    return fields;
  };

  const map = (given: Fields): Content => {
    const wide = to.complete(renamedFields(given));
    return { fields: heldIn(wide), wide, hash: hash(textOf(wide)) };
  };

  /** What a source field is called at the target. */
  const renamed = (field: string): string =>
    renames.find(([, source]) => source === field)?.[0] ?? field;

  const matters = (problem: Problem, fields: Fields, origin: Fields, content: Content): boolean => {
    const { field } = problem;
    if (field === null || field in flow.where) return true;
    if (sameValue(fields[field], null) && sameValue(origin[field], null)) return true;
    return (
      fieldsOf(flow.match).includes(renamed(field)) ||
      map(without(fields, field)).hash !== content.hash
    );
  };

  const isExcluded = (origin: Fields, problems: readonly Problem[]): boolean =>
    wheres.some(
      ([name, holds]) =>
        !holds(origin[name]) && problems.every((problem) => problem.field !== name),
    );

  return (record) => {
    if (record.content.kind === "gone") return { kind: "gone" };
    const { problems } = record.content;
    const fields = from.complete(record.content.fields);
    const { origin = fields } = record.content;
    const content = map(fields);
    if (wheres.length > 0 && isExcluded(origin, problems))
      return { kind: "filtered", content, follows: ends.follows ?? false };
    const problem =
      problems.length === 0
        ? undefined
        : problems.find((each) => matters(each, fields, origin, content));
    if (problem === undefined) return { kind: "live", content, once: ends.once ?? false };
    const field = problem.field === null ? null : renamed(problem.field);
    return { kind: "invalid", content, problem: { ...problem, field } };
  };
}
