import { parsePath, type Path } from "../json/path.ts";

/** What one field line says: `properties.phone | phone`, `Notes | enum(a: b)`. */
export type FieldLine = { path: Path; pathText: string; codec: string; args: string | null };

/** Undefined where the line cannot be read. */
export function parseFieldLine(line: string): FieldLine | undefined {
  const found = /^\s*([^|]+?)\s*(?:\|\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*)?$/.exec(line);
  const path = parsePath(found?.[1] ?? "");
  if (found === null || path === undefined || !path.every((step) => typeof step === "string"))
    return undefined;
  return {
    path,
    pathText: found[1] ?? "",
    codec: found[2] ?? "text",
    args: found[3] ?? null,
  };
}
