import { z } from "zod";
import type { Json } from "#domain/json.ts";
import { getAt, textOf } from "../json/path.ts";
import { PathText } from "./request-spec.ts";

/** Which of what a list brings counts. */
export const Only = z.union([PathText, z.strictObject({ at: PathText, equals: z.string() })]);

export function compileOnly(only: z.output<typeof Only> | undefined): (record: Json) => boolean {
  if (only === undefined) return () => true;
  const [path, wanted] = typeof only === "string" ? [only, null] : [only.at, only.equals];
  const get = getAt(path);
  return (record) => {
    const found = textOf(get(record));
    return wanted === null ? !["", null].includes(found) : found === wanted;
  };
}
