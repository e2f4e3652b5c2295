import { entityNames, entityOf, isEntityName } from "#domain/entities/index.ts";
import type { Entity } from "#domain/entities/entity.ts";
import { accepted } from "#domain/entities/entity.ts";
import { codecs } from "../../codecs/index.ts";
import { pathRule } from "../../json/path.ts";
import { parseFieldLine } from "../field-line.ts";
import type { ObjectSpec } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Entities, fields and codecs exist and fit one another. */
export const fieldLines: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if (!isEntityName(spec.entity)) {
      yield finding([...at, "entity"], unknown("The entity", spec.entity, entityNames));
      continue;
    }
    const entity = entityOf(spec.entity);
    for (const [name, line] of Object.entries(spec.fields))
      for (const message of judgeLine(entity, name, line))
        yield finding([...at, "fields", name], message);
    yield* twiceRead(at, spec);
    yield* namesOf(at, spec);
    for (const [index, name] of (spec.write?.needs ?? []).entries())
      if (!entity.keys.includes(name))
        yield finding([...at, "write", "needs", index], `Only keys may be needed; ${name} is none: ${entity.keys.join(", ")}`); // prettier-ignore
  }
};

function* judgeLine(entity: Entity, name: string, line: string): Iterable<string> {
  const field = entity.fields[name];
  if (field === undefined) {
    yield unknown(`The ${entity.one}'s field`, name, Object.keys(entity.fields));
    return;
  }
  const parsed = parseFieldLine(line);
  if (parsed === undefined) {
    yield `"${line}" is not a field line: path | codec(…) is accepted, a path being ${pathRule}`;
    return;
  }
  const codec = codecs[parsed.codec];
  if (codec === undefined) {
    yield unknown("The codec", parsed.codec, Object.keys(codecs));
    return;
  }
  if (!codec.fits.includes(field.type.kind)) {
    const fitting = Object.entries(codecs).filter(([, one]) => one.fits.includes(field.type.kind));
    yield `The codec ${parsed.codec} does not fit ${name}, which takes ${accepted(field.type)}; accepted: ${fitting.map(([word]) => word).join(", ")}`; // prettier-ignore
    return;
  }
  const wrong = codec.check(parsed.args, field.type);
  if (wrong !== null) yield `The codec ${parsed.codec} ${wrong}`;
}

/** Two fields at one place would overwrite one another. */
function* twiceRead(at: readonly PropertyKey[], { fields }: ObjectSpec): Iterable<Finding> {
  const seen = new Map<string, string>();
  for (const [name, line] of Object.entries(fields)) {
    const path = parseFieldLine(line)?.pathText ?? "";
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
    ...Object.keys(spec.find?.fields ?? {}).map((name): [PropertyKey[], string] => [
      [...at, "find", "fields", name],
      name,
    ]),
  ];
  for (const [path, name] of uses)
    if (!known.includes(name)) yield finding(path, unknown("The field", name, known));
}
