import type { Json } from "#domain/json.ts";
import { jsonText, parseJson } from "./lossless.ts";

/**
 * Where something stands in a JSON value: `paging.next.after`, `Fault.Error[0].code`,
 * `column_values[id=status].text`, `to[types.id=5].id`, `fields.{Full name}`, `$` for the value itself.
 */
export type Path = readonly Step[];
export type Step = string | number | typeof embedded | Column | Chosen;

/** Steps into the JSON list or object that stands within a text: `message.(json)[0].name`. */
export const embedded = Symbol("(json)");

/** A name that a connection may have called otherwise: `{Full name}`. */
export type Column = { column: string };

/**
 * The item of a list whose member has this value: `[id=status]`, `[id={status}]`, `[types.id=5]`; of a
 * list on the way to the member any item will do.
 */
export type Chosen = { member: readonly string[]; equals: string | Column };

export const pathRule =
  "names joined by dots, [0] for the first of a list, [id=x] for the one whose id is x, [a.id=x] for the one that has x there, {Name} for a column, '.tag' in quotes for odd names, (json) for JSON within a text, $ for all of it";

const part = /\(json\)|'([^'\n]+)'|\{([^{}|\n]+)\}|([^\s.[\]{}()|'$]+)/y;
const selector = /\[(?:(\d{1,6})|([^\s[\]{}()|='$]+)=(?:\{([^{}|\n]+)\}|([^[\]{}|\n]+)))\]/y;

/** Undefined where it is no path, or one that would reach what every object inherits. */
export function parsePath(text: string): Path | undefined {
  if (text === "$") return [];
  // `$[0].message` begins in an answer that is a list itself.
  const first = text.startsWith("$[") ? selectorsAt(text, 1) : { steps: [], end: -1 };
  if (first === undefined) return undefined;
  const steps: Step[] = first.steps;
  for (let at = first.end; at < text.length;) {
    if (at >= 0 && text[at] !== ".") return undefined;
    const name = take(part, text, at + 1);
    const step = name === null ? undefined : stepOf(name);
    if (name === null || step === undefined) return undefined;
    const chosen = selectorsAt(text, at + 1 + name[0].length);
    if (chosen === undefined) return undefined;
    steps.push(step, ...chosen.steps);
    at = chosen.end;
  }
  return steps;
}

/** What stands in brackets from here on. */
function selectorsAt(text: string, from: number): { steps: Step[]; end: number } | undefined {
  const steps: Step[] = [];
  let end = from;
  for (let found = take(selector, text, end); found !== null; found = take(selector, text, end)) {
    const chosen = chosenBy(found);
    if (chosen === undefined) return undefined;
    steps.push(chosen);
    end += found[0].length;
  }
  return { steps, end };
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function stepOf([whole, quoted, column, plain]: RegExpExecArray): Step | undefined {
  if (whole === "(json)") return embedded;
  if (column !== undefined) return isInherited(column) ? undefined : { column: column.trim() };
  const name = quoted ?? plain ?? "";
  return isInherited(name) ? undefined : name;
}

function chosenBy([, index, member = "", column, text = ""]: RegExpExecArray): Step | undefined {
  if (index !== undefined) return Number(index);
  const names = member.split(".");
  if (names.some((name) => name === "" || isInherited(name))) return undefined;
  return { member: names, equals: column === undefined ? text : { column: column.trim() } };
}

const isInherited = (name: string): boolean => name in Object.prototype;

/** The same path with each column under the name a connection gives it. */
export function withColumns(path: Path, nameOf: (column: string) => string): Path {
  return path.map((step) => {
    if (typeof step !== "object") return step;
    if ("column" in step) return safeName(nameOf(step.column));
    const { member, equals } = step;
    return { member, equals: typeof equals === "string" ? equals : nameOf(equals.column) };
  });
}

const safeName = (name: string): string => (isInherited(name) ? `${name} ` : name);

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

/** The same for several paths: the first counts where something stands. */
export function getFirst(texts: string | readonly string[]): Get {
  if (typeof texts === "string") return getAt(texts);
  const gets = texts.map(getAt);
  return (value) => gets.map((get) => get(value)).find((found) => (found ?? null) !== null);
}

function go(value: Json | undefined, step: Step): Json | undefined {
  if (typeof step === "string") return at(value, step);
  if (typeof step === "number") return itemOf(value, step);
  if (typeof step === "symbol") return within(value);
  if ("column" in step) return at(value, step.column);
  if (!Array.isArray(value)) return undefined;
  const wanted = typeof step.equals === "string" ? step.equals : step.equals.column;
  return value.find((item) => isAt(item, step.member, wanted));
}

function isAt(
  value: Json | undefined,
  [name, ...rest]: readonly string[],
  wanted: string,
): boolean {
  if (name === undefined) return textOf(value) === wanted;
  const inner = at(value, name);
  return rest.length > 0 && Array.isArray(inner)
    ? inner.some((item) => isAt(item, rest, wanted))
    : isAt(inner, rest, wanted);
}

/**
 * The names a path may have are none of those that objects inherit, so this finds own ones only. What
 * is empty holds nothing, which is more than to say nothing of it: `ADDRESS: ""` has no city.
 */
const at = (value: Json | undefined, name: string): Json | undefined => {
  if (value === null || value === "") return null;
  return typeof value === "object" ? (value as Record<string, Json | undefined>)[name] : undefined;
};

/** A list with fewer items has none there. */
function itemOf(value: Json | undefined, index: number): Json | undefined {
  if (value === null || value === "") return null;
  return Array.isArray(value) ? ((value as readonly Json[])[index] ?? null) : undefined;
}

function within(text: Json | undefined): Json | undefined {
  if (text === null || text === "") return null;
  if (typeof text !== "string") return undefined;
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf("]"), text.lastIndexOf("}"));
  if (from === -1 || to < from || text.length > 100_000) return undefined;
  try {
    return parseJson(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

/**
 * Whether a value can be put there: names, columns and the first place of a list; what stands under a
 * (json) at the end is written as its text.
 */
export const isSettable = (path: Path): boolean => {
  const place = path.at(-1) === embedded ? path.slice(0, -1) : path;
  return (
    place.length > 0 &&
    typeof place[0] !== "number" &&
    place.every((step) => typeof step === "string" || step === 0 || (typeof step === "object" && "column" in step)) // prettier-ignore
  );
};

type Set = (into: Record<string, Json>, value: Json) => void;

/** A function that puts a value there, making objects and lists on the way. For settable paths. */
export function setter(path: Path): Set {
  if (path.at(-1) === embedded) {
    const put = setter(path.slice(0, -1));
    return (into, value) => put(into, jsonText(value));
  }
  const steps = path.map((step) => (typeof step === "object" && "column" in step ? step.column : step) as string | 0); // prettier-ignore
  const last = steps.pop() ?? "";
  const [outer] = steps;
  if (outer === undefined) return (into, value) => void (into[last] = value);
  if (steps.length === 1 && last !== 0)
    return (into, value) => {
      const place = into[outer];
      if (typeof place === "object" && place !== null)
        (place as Record<string, Json>)[last] = value;
      else into[outer] = { [last]: value };
    };
  return (into, value) => {
    let place = into;
    for (const [index, step] of steps.entries()) {
      const next = place[step];
      if (typeof next === "object" && next !== null) {
        place = next as Record<string, Json>;
      } else {
        const made = (steps[index + 1] ?? last) === 0 ? [] : {};
        place[step] = made;
        place = made as Record<string, Json>;
      }
    }
    place[last] = value;
  };
}

/** Empties what stands there: of a list as a whole, where the path leads to its first item. */
export function clearer(path: Path): Set {
  const last = path.at(-1);
  if (last === embedded) return setter(path.slice(0, -1));
  if (last !== 0) return setter(path);
  const put = setter(path.slice(0, -1));
  return (into) => put(into, []);
}

/** A value as text where it can be one: numbers as they were written. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && value !== null && JSON.isRawJSON(value))
    return (value as { rawJSON: string }).rawJSON;
  return null;
}
