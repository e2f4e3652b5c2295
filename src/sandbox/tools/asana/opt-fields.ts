import { missingScope } from "./errors.ts";
import { type Caller, scopesWithin } from "./scopes.ts";

/** An object as an answer could show it in full; answers show a part. */
export type Shown = { gid: string; resource_type: string; [field: string]: unknown };

/** What `opt_fields` asks for: `name,assignee.email` is `{name: {}, assignee: {email: {}}}`. */
export type Wanted = { [field: string]: Wanted };

/** Null where nothing particular is asked for. A 403 if what is asked for needs a scope that is missing. */
export function wantedFields(text: string | null, caller: Caller): Wanted | null {
  if (text === null || text.trim() === "") return null;
  const wanted: Wanted = {};
  for (const path of text.split(",").map((part) => part.trim())) {
    const names = path.split(".").filter((name) => name !== "this" && name !== "");
    let at = wanted;
    for (const name of names) at = at[name] ??= {};
    const missing = scopesFor(names).find((scope) => !caller.may(scope));
    if (missing !== undefined) throw missingScope(missing);
  }
  return wanted;
}

function scopesFor(names: string[]): readonly string[] {
  const last = names.at(-1) ?? "";
  const showsMore = names.length > 1 && !BARE.includes(last);
  return names.flatMap((name, index) => {
    const nested = index < names.length - 1 ? showsMore : name === "custom_fields";
    return nested ? (scopesWithin[name] ?? []) : [];
  });
}

const BARE = ["gid", "resource_type"];
/** These always come whole. */
const WHOLE = ["custom_field", "enum_option"];
const COMPACT = ["gid", "name", "resource_type", "resource_subtype"];

/** Gid, name and kind: all that a list tells unless asked for more. */
export const compact = (full: Shown): Shown => only(full, COMPACT);

/** The whole record; what stands within it is compact, or bare where a scope is missing. */
export function whole(full: Shown, optIn: readonly string[], caller: Caller): Shown {
  const fields = Object.keys(full).filter((name) => !optIn.includes(name));
  return Object.fromEntries(
    fields.map((name) => {
      const needs = scopesWithin[name] ?? [];
      const reduced = needs.every((scope) => caller.may(scope)) ? trimmed : bare;
      return [name, reduced(full[name])];
    }),
  ) as Shown;
}

/** What was asked for, and the gid. Names that do not exist are passed over without a word. */
export function selected(full: Shown, wanted: Wanted): Shown {
  const names = ["gid", ...Object.keys(wanted).filter((name) => name !== "gid" && name in full)];
  return Object.fromEntries(
    names.map((name) => [name, within(full[name], wanted[name] ?? {})]),
  ) as Shown;
}

function within(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.map((item) => within(item, wanted));
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Shown;
  if (Object.keys(wanted).length === 0) return bareUnlessWhole(inner);
  if (inner.gid !== undefined) return selected(inner, wanted);
  return mapped(inner, (part, name) => (name in wanted ? within(part, wanted[name] ?? {}) : undefined)); // prettier-ignore
}

const bareUnlessWhole = (value: Shown): unknown =>
  WHOLE.includes(value.resource_type) ? trimmed(value) : bare(value);

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed);
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Shown;
  if (!isReference(inner) || WHOLE.includes(inner.resource_type))
    return mapped(inner, (part) => trimmed(part));
  return compact(inner);
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Shown;
  return isReference(inner) ? only(inner, BARE) : mapped(inner, bare);
}

/** An app's own `external` has a gid too, and is no object of Asana's. */
const isReference = (value: Shown): boolean => "gid" in value && "resource_type" in value;

const only = (full: Shown, names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(full).filter(([name]) => names.includes(name))) as Shown;

const mapped = (value: Shown, change: (part: unknown, name: string) => unknown): unknown =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const changed = change(part, name);
      return changed === undefined ? [] : [[name, changed]];
    }),
  );
