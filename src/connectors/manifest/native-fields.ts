import type { NativeField } from "#domain/ports/connector-facts.ts";
import { codecs } from "../codecs/index.ts";
import { isRows, parseSingle, type FieldSpec } from "./field-line.ts";
import type { ObjectSpec } from "./object-spec.ts";

/** Where a tool has each field of an object and how it writes it, for people who want to know. */
export const nativeFields = ({
  fields,
}: Pick<ObjectSpec, "fields">): Readonly<Record<string, NativeField>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, spec]) => {
      const native = nativeOf(spec);
      return native === null ? [] : [[name, native]];
    }),
  );

function nativeOf(spec: FieldSpec): NativeField | null {
  if (isRows(spec)) return { path: spec.each, how: "A list of rows." };
  const single = parseSingle(spec);
  const path = single?.read?.pathText ?? single?.write?.pathText;
  if (single === undefined || path === undefined) return null;
  const about = codecs[single.codec]?.about ?? "";
  return { path, how: single.args === null ? about : `${about} Here: ${single.args}.` };
}
