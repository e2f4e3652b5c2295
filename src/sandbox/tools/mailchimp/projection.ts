import type { JsonObject } from "./body.ts";
import { isObject } from "./body.ts";
import { refuse } from "./problems.ts";

/**
 * `fields` keeps, `exclude_fields` leaves out what they name: `members.merge_fields.FNAME,total_items`.
 * Both together are refused, and so is a name that the answer does not have.
 */
export function projected(query: URLSearchParams, answer: JsonObject): JsonObject {
  const [keep, drop] = ["fields", "exclude_fields"].map((name) => pathsIn(query.get(name)));
  if (keep !== undefined && drop !== undefined)
    throw invalid("The 'fields' and 'exclude_fields' parameters are mutually exclusive.");
  const strange = (keep ?? drop ?? []).find((path) => !exists(answer, path));
  if (strange !== undefined) throw invalid(`${strange.join(".")} is not a field of this resource.`);
  if (keep !== undefined) return kept(answer, keep) as JsonObject;
  return drop === undefined ? answer : (without(answer, drop) as JsonObject);
}

const invalid = (detail: string) => refuse("Requested Fields Invalid", detail);

const pathsIn = (value: string | null): string[][] | undefined =>
  value === null || value === ""
    ? undefined
    : value.split(",").map((path) => path.trim().split("."));

/** Of an empty list nothing can be told, so anything may be asked of it. */
function exists(value: unknown, [head, ...rest]: string[]): boolean {
  if (head === undefined) return true;
  if (Array.isArray(value)) return value.length === 0 || value.some((item) => exists(item, [head, ...rest])); // prettier-ignore
  if (value === "") return true; // an address that is not there
  return isObject(value) && head in value && exists(value[head], rest);
}

function kept(value: unknown, paths: string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => kept(item, paths));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const below = paths.filter(([head]) => head === key).map(([, ...rest]) => rest);
      return below.length === 0 ? [] : [[key, kept(inner, below)]];
    }),
  );
}

function without(value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, paths));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const below = paths.filter(([head]) => head === key).map(([, ...rest]) => rest);
      return below.some((rest) => rest.length === 0) ? [] : [[key, without(inner, below)]];
    }),
  );
}
