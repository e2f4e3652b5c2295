import { entityNames, entityOf, isEntityName } from "#domain/entities/index.ts";
import { isSettable, parsePath } from "../../json/path.ts";
import { isRows, parseSingle } from "../field-line.ts";
import type { Manifest, ObjectSpec } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import type { WholeGroup } from "../whole.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Objects are of a kind there is, and whatever they name is there. */
export const objects: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if (!isEntityName(spec.entity)) {
      yield finding([...at, "entity"], unknown("The entity", spec.entity, entityNames));
      continue;
    }
    yield* twiceRead(at, spec);
    yield* namesOf(at, spec);
    yield* renamesIn(at, spec, manifest);
    yield* needsRead(at, spec);
    yield* asksForAll(at, spec);
    yield* groupsOf(at, spec);
    const { keys } = entityOf(spec.entity);
    const required = spec.write?.needs ?? [];
    for (const [index, name] of required.entries())
      if (spec.fields[name] === undefined && !keys.includes(name))
        yield finding([...at, "write", "needs", index], unknown("The field", name, Object.keys(spec.fields))); // prettier-ignore
  }
};

/** Two fields written at one place would overwrite one another. */
function* twiceRead(at: readonly PropertyKey[], { fields }: ObjectSpec): Iterable<Finding> {
  const seen = new Map<string, string>();
  for (const [name, spec] of Object.entries(fields)) {
    const path = isRows(spec)
      ? (spec.write ?? spec.each)
      : (parseSingle(spec)?.write?.pathText ?? "");
    const other = seen.get(path);
    if (other !== undefined && path !== "")
      yield finding([...at, "fields", name], `${path} is the place of ${other} already`);
    seen.set(path, name);
  }
}

/** Wherever a canonical field is named, the object has it. */
function* namesOf(at: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  const known = Object.keys(spec.fields);
  const uses: [readonly PropertyKey[], string][] = [
    ...spec.once.map((name, index): [PropertyKey[], string] => [[...at, "once", index], name]),
    ...spec.whole.flatMap((group, index) => inGroup([...at, "whole", index], group)),
    ...Object.keys(spec.find?.fields ?? {}).map((name): [PropertyKey[], string] => [
      [...at, "find", "fields", name],
      name,
    ]),
    ...(spec.write?.calls ?? []).flatMap(({ after }, call) =>
      after.map(({ field }, index): [PropertyKey[], string] => [
        [...at, "write", "calls", call, "after", index, "field"],
        field,
      ]),
    ),
  ];
  for (const [path, name] of uses)
    if (!known.includes(name)) yield finding(path, unknown("The field", name, known));
}

const inGroup = (at: readonly PropertyKey[], group: WholeGroup): [PropertyKey[], string][] =>
  Array.isArray(group)
    ? group.map((name, part) => [[...at, part], name])
    : (["fields", "with"] as const).flatMap((list) =>
        group[list].map((name, part): [PropertyKey[], string] => [[...at, list, part], name]),
      );

/** What is emptied as one stands at a place that can be written. */
function* groupsOf(at: readonly PropertyKey[], { whole }: ObjectSpec): Iterable<Finding> {
  for (const [index, group] of whole.entries())
    if (!Array.isArray(group) && !isSettable(parsePath(group.at) ?? []))
      yield finding([...at, "whole", index, "at"], "A path of names is accepted here");
}

/** Columns can be renamed by a setting that is there for it. */
function* renamesIn(
  at: readonly PropertyKey[],
  { renames }: ObjectSpec,
  { settings }: Manifest,
): Iterable<Finding> {
  if (renames === undefined) return;
  const known = Object.keys(settings).filter((name) => settings[name]?.kind === "columns");
  if (!known.includes(renames))
    yield finding([...at, "renames"], unknown("The setting of kind columns", renames, known));
}

/** A field is known to be empty only where it was asked for. */
function* asksForAll(at: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  if (spec.absent !== "empty") return;
  if (spec.columns === undefined) {
    yield finding([...at, "absent"], "absent: empty needs columns: below which path they stand");
    return;
  }
  for (const name of ["list", "changes", "read", "find"] as const) {
    const request = spec[name];
    if (request !== undefined && !sent({ path: [], request }).has("columns"))
      yield finding([...at, name], "absent: empty needs {columns} in the request: what was not asked for is unknown"); // prettier-ignore
  }
}

/** What asks for records one by one needs a request for that. */
function* needsRead(at: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  if (spec.read !== undefined) return;
  if (spec.sweep) yield finding([...at, "sweep"], "sweep asks for each known record, so it needs read"); // prettier-ignore
  for (const name of ["list", "changes", "gone_list"] as const)
    if (spec[name]?.compact === true)
      yield finding(
        [...at, name, "compact"],
        "A compact list needs read, which brings the records",
      );
}
