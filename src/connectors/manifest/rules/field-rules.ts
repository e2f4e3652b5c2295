import { entityOf, isEntityName } from "#domain/entities/index.ts";
import type { Entity, FieldKind } from "#domain/entities/entity.ts";
import { accepted } from "#domain/entities/entity.ts";
import { codecs } from "../../codecs/index.ts";
import { objectOf } from "../../codecs/reference.ts";
import { isSettable, parsePath, pathRule } from "../../json/path.ts";
import { type FieldSpec, isRows, parseFieldLine, parseSingle, readLines, type RowsSpec } from "../field-line.ts"; // prettier-ignore
import type { Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Fields, codecs and references exist and fit one another. */
export const fieldLines: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if (!isEntityName(spec.entity)) continue;
    const entity = entityOf(spec.entity);
    for (const [name, field] of Object.entries(spec.fields)) {
      const path = [...at, "fields", name];
      const known = entity.fields[name];
      if (known === undefined)
        yield finding(path, unknown(`The ${entity.one}'s field`, name, Object.keys(entity.fields)));
      else yield* judgeField(path, name, field, known.type, { manifest, entity, way: "both" });
    }
  }
};

type Around = { manifest: Manifest; entity: Entity; way: "reads" | "both" };

function* judgeField(
  path: readonly PropertyKey[],
  name: string,
  spec: FieldSpec,
  type: FieldKind,
  around: Around,
): Iterable<Finding> {
  if (type.kind === "lines") {
    if (isRows(spec)) yield* judgeRows(path, spec, type, around);
    else yield finding(path, `${name} is a list of rows: each and fields are accepted here`);
    return;
  }
  if (isRows(spec)) {
    yield finding(path, `${name} is one value: path | codec is accepted here`);
    return;
  }
  if (typeof spec === "string") yield* judgeLine(path, name, spec, type, around);
  else yield* judgeParts(path, name, spec, type, around);
  const write = parseSingle(spec)?.write;
  if (write != null && !isSettable(write.path))
    yield finding(path, `${write.pathText} can be read but not written; say write: and a path of names, or write: false`); // prettier-ignore
}

function* judgeParts(
  path: readonly PropertyKey[],
  name: string,
  spec: Exclude<FieldSpec, string | RowsSpec>,
  type: FieldKind,
  around: Around,
): Iterable<Finding> {
  const { read, write, codec } = spec;
  yield* judgeMarks(path, spec);
  for (const [index, line] of readLines(spec).entries()) {
    const both = index === 0 && codec === undefined && write !== false;
    yield* judgeLine(path, name, line, type, { ...around, way: both ? "both" : "reads" });
  }
  if (read === undefined || codec !== undefined)
    yield* judgeLine(path, name, `x | ${codec ?? "text"}`, type, around);
}

function* judgeMarks(
  path: readonly PropertyKey[],
  spec: Exclude<FieldSpec, string | RowsSpec>,
): Iterable<Finding> {
  const { read, write } = spec;
  if (read === undefined && (write ?? false) === false)
    yield finding(path, "A field is read or written: read or write has to be there");
  if (read === undefined && spec.absent !== undefined)
    yield finding([...path, "absent"], "absent goes with read: it is about what the tool sends");
  for (const member of ["empty", "length", "finer"] as const)
    if (write === false && spec[member] !== undefined)
      yield finding([...path, member], `${member} goes with what is written`);
}

function* judgeRows(
  path: readonly PropertyKey[],
  spec: RowsSpec,
  type: Extract<FieldKind, { kind: "lines" }>,
  around: Around,
): Iterable<Finding> {
  if (!isSettable(parsePath(spec.write ?? spec.each) ?? []))
    yield finding([...path, spec.write === undefined ? "each" : "write"], "Rows are written at a path of names"); // prettier-ignore
  for (const [part, line] of Object.entries(spec.fields)) {
    const at = [...path, "fields", part];
    const known = type.fields[part];
    if (known === undefined)
      yield finding(at, unknown("The row's field", part, Object.keys(type.fields))); // prettier-ignore
    else yield* judgeField(at, part, line, known.type, around);
  }
}

function* judgeLine(
  path: readonly PropertyKey[],
  name: string,
  line: string,
  type: FieldKind,
  { manifest, way }: Around,
): Iterable<Finding> {
  const parsed = parseFieldLine(line);
  if (parsed === undefined) {
    yield finding(path, `"${line}" is not a field line: path | codec(…) is accepted, a path being ${pathRule}`); // prettier-ignore
    return;
  }
  const codec = codecs[parsed.codec];
  if (codec === undefined) {
    yield finding(path, unknown("The codec", parsed.codec, Object.keys(codecs)));
    return;
  }
  if (!codec.fits.includes(type.kind)) {
    const fitting = Object.entries(codecs).filter(([, one]) => one.fits.includes(type.kind));
    yield finding(path, `The codec ${parsed.codec} does not fit ${name}, which takes ${accepted(type)}; accepted: ${fitting.map(([word]) => word).join(", ")}`); // prettier-ignore
    return;
  }
  yield* judgeSettings(path, parsed.args ?? "", manifest);
  const wrong = codec.check(parsed.args, type, way);
  if (wrong !== null) yield finding(path, `The codec ${parsed.codec} ${wrong}`);
  else if (type.kind === "reference") yield* judgeReference(path, parsed.args, type, manifest);
}

/** What stands in braces is said by a setting that is always there. */
function* judgeSettings(
  path: readonly PropertyKey[],
  args: string,
  { settings }: Manifest,
): Iterable<Finding> {
  const said = Object.entries(settings).filter(([, one]) => one.kind === "text" && (!one.optional || one.default !== undefined)); // prettier-ignore
  const names = said.map(([name]) => name);
  for (const [, name = ""] of args.matchAll(/\{([^{}]*)\}/g))
    if (!names.includes(name)) yield finding(path, unknown("The setting", name, names));
}

function* judgeReference(
  path: readonly PropertyKey[],
  args: string | null,
  { to }: Extract<FieldKind, { kind: "reference" }>,
  { objects }: Manifest,
): Iterable<Finding> {
  const name = objectOf(args) ?? "";
  const fitting = Object.keys(objects).filter((one) => objects[one]?.entity === to);
  if (!fitting.includes(name)) yield finding(path, unknown(`The object with a ${to}`, name, fitting)); // prettier-ignore
}
