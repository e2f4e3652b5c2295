import type { Json } from "#domain/json.ts";
import { textOf } from "../json/path.ts";
import { isRawNumber } from "../json/lossless.ts";
import { filters } from "./filters.ts";

/** What placeholders stand for, by name. One that is undefined or null is left out. */
export type Variables = Readonly<Record<string, Json | undefined>>;

/** One placeholder: `{cursor}`, `{values|quoted}`, `{since|day(America/New_York)}`. */
export type Placeholder = {
  name: string;
  path: readonly string[];
  filter: string | null;
  args: string | null;
};

const placeholder =
  /\{([a-z_]+)((?:\.[A-Za-z0-9_]+)*)(?:\|([a-z][a-z0-9_]*)(?:\(([^(){}]*)\))?)?\}/g;
const whole = new RegExp(`^${placeholder.source}$`);

/** Every placeholder in a text, in order. */
export const placeholdersIn = (text: string): Placeholder[] =>
  [...text.matchAll(placeholder)].map((found) => ({
    name: found[1] ?? "",
    path: (found[2] ?? "").split(".").slice(1),
    filter: found[3] ?? null,
    args: found[4] ?? null,
  }));

/** Whether a text is nothing but one placeholder. */
export const isPlaceholder = (text: string): boolean => whole.test(text);

/** Every text anywhere in a template, keys too. */
export function textsIn(template: Json): string[] {
  if (typeof template === "string") return [template];
  if (typeof template !== "object" || template === null || isRawNumber(template)) return [];
  if (Array.isArray(template)) return template.flatMap(textsIn);
  return Object.entries(template).flatMap(([key, value]) => [key, ...textsIn(value)]);
}

/** The same without its groups, since a split would keep them. */
const apart = /\{[a-z_]+(?:\.[A-Za-z0-9_]+)*(?:\|[a-z][a-z0-9_]*(?:\([^(){}]*\))?)?\}/;

type Make<Made> = (variables: Variables) => Made;

/** A text with placeholders; each value passes through `escape`. Null when one of them has no value. */
export function compileText(
  template: string,
  escape: (value: string) => string = String,
): Make<string | null> {
  const found = placeholdersIn(template);
  if (found.length === 0) return () => template;
  const literals = template.split(apart);
  return (variables) => {
    let text = literals[0] ?? "";
    for (const [index, one] of found.entries()) {
      const value = valueText(resolve(one, variables));
      if (value === null) return null;
      text += escape(value) + (literals[index + 1] ?? "");
    }
    return text;
  };
}

/**
 * A JSON template. A text that is nothing but one placeholder becomes that value, whatever it is; a
 * member without a name or a value is left out; the members of a value under the key `...` are put
 * beside it.
 */
export function compileJson(template: Json): Make<Json | undefined> {
  if (typeof template === "string") return compileString(template);
  if (typeof template !== "object" || template === null || isRawNumber(template))
    return () => template;
  if (Array.isArray(template)) {
    const items = template.map(compileJson);
    return (variables) => items.map((item) => item(variables)).filter((item) => item !== undefined);
  }
  const members = Object.entries(template).map(
    ([key, value]) => [compileText(key), compileJson(value)] as const,
  );
  return (variables) => {
    const made: Record<string, Json> = {};
    for (const [name, make] of members) {
      const key = name(variables);
      const value = make(variables);
      if (key === null || key === "__proto__" || value === undefined) continue;
      if (key === "..." && isObject(value)) mergeInto(made, value);
      else made[key] = value;
    }
    return made;
  };
}

function compileString(template: string): Make<Json | undefined> {
  const [only, ...more] = placeholdersIn(template);
  if (only !== undefined && more.length === 0 && isPlaceholder(template))
    return (variables) => resolve(only, variables) ?? undefined;
  const text = compileText(template);
  return (variables) => text(variables) ?? undefined;
}

function resolve(of: Placeholder, variables: Variables): Json | undefined {
  const { name, path, filter, args } = of;
  let value: Json | undefined = variables[name];
  if (path.length > 0)
    // Canonical fields have dots in their names: {record.address.city}.
    value = member(value, path.join(".")) ?? path.reduce(member, value);
  if (value === undefined || value === null || filter === null) return value;
  return filters[filter]?.apply(value, args);
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? (value as Members)[name] : undefined;

type Members = Readonly<Record<string, Json>>;

const valueText = (value: Json | undefined): string | null =>
  Array.isArray(value) ? value.map((item) => textOf(item) ?? "").join(",") : textOf(value);

const isObject = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** Both together, object by object; where both have a plain value the second counts. */
export function mergeDeep(into: Record<string, Json>, from: Record<string, Json>) {
  for (const [key, value] of Object.entries(from)) {
    if (key === "__proto__") continue;
    const there = into[key];
    if (isObject(there) && isObject(value)) mergeDeep(there, value);
    else into[key] = value;
  }
  return into;
}

function mergeInto(into: Record<string, Json>, from: Record<string, Json>): void {
  for (const [key, value] of Object.entries(from)) {
    if (key !== "__proto__") into[key] = value;
  }
}
