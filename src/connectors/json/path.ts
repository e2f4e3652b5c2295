import type { Json } from "#domain/json.ts";
import { parseJson } from "./lossless.ts";

/** Where something stands in a JSON value: `paging.next.after`, `Fault.Error[0].code`. */
export type Path = readonly Step[];
export type Step = string | number | typeof embedded;

/** Steps into the JSON list or object that stands within a text: `message.(json)[0].name`. */
export const embedded = Symbol("(json)");

export const pathRule =
  "names joined by dots, [0] for the first of a list, (json) for JSON within a text";

/** Undefined where it is no path, or one that would reach what every object inherits. */
export function parsePath(text: string): Path | undefined {
  const steps: Step[] = [];
  for (const part of text.split(".")) {
    const found = /^(\(json\)|[^\s.[\]{}()|]+)((?:\[\d{1,6}\])*)$/.exec(part);
    const name = found?.[1];
    if (name === undefined || name in Object.prototype) return undefined;
    steps.push(name === "(json)" ? embedded : name);
    for (const [, index] of (found?.[2] ?? "").matchAll(/\[(\d+)\]/g)) steps.push(Number(index));
  }
  return steps;
}

/** What stands there; undefined where nothing does. */
export type Get = (value: Json | undefined) => Json | undefined;

/** A function that goes the way of the path. */
export function getter(path: Path): Get {
  const [a, b] = path;
  if (path.length === 1 && typeof a === "string") return (value) => at(value, a);
  if (path.length === 2 && typeof a === "string" && typeof b === "string")
    return (value) => at(at(value, a), b);
  return (value) => {
    for (const step of path) value = go(value, step);
    return value;
  };
}

/** The same from the path's text, which a linter has seen. */
export function getAt(text: string): Get {
  const path = parsePath(text);
  if (path === undefined) throw new TypeError(`${text} is not a path: ${pathRule}`);
  return getter(path);
}

function go(value: Json | undefined, step: Step): Json | undefined {
  if (typeof step === "string") return at(value, step);
  if (typeof step === "number") return Array.isArray(value) ? value[step] : undefined;
  return typeof value === "string" ? within(value) : undefined;
}

/** The names a path may have are none of those that objects inherit, so this finds own ones only. */
const at = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null
    ? (value as Record<string, Json | undefined>)[name]
    : undefined;

function within(text: string): Json | undefined {
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf("]"), text.lastIndexOf("}"));
  if (from === -1 || to < from || text.length > 100_000) return undefined;
  try {
    return parseJson(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

/** A function that puts a value there, making the objects on the way. Only for paths of names. */
export function setter(path: Path): (into: Record<string, Json>, value: Json) => void {
  const names = path.map(String);
  const last = names.pop() ?? "";
  return (into, value) => {
    let place = into;
    for (const name of names) {
      const next = place[name];
      if (typeof next === "object" && next !== null && !Array.isArray(next)) {
        place = next as Record<string, Json>;
      } else {
        const made: Record<string, Json> = {};
        place[name] = made;
        place = made;
      }
    }
    place[last] = value;
  };
}

/** A value as text where it can be one: numbers as they were written. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && value !== null && JSON.isRawJSON(value))
    return (value as { rawJSON: string }).rawJSON;
  return null;
}
