import { invalidParameter } from "./errors.ts";

/** What a `fields` parameter selects; null takes everything below. */
export type Mask = Map<string, Mask> | null;

/** The fields a resource may have, for telling a misspelt mask: `any` where keys are free. */
export type Shape = "leaf" | "any" | { readonly [field: string]: Shape };

const NAME = /^[A-Za-z0-9_]+/;

/**
 * Reads a partial-response mask, `nextPageToken,files(id,owners/emailAddress)`, for a resource of
 * this shape. Throws Drive's 400 where it does not fit.
 */
export function parseMask(text: string, shape: Shape): Mask {
  let rest = text.replace(/\s/g, "");
  const refused = () => invalidParameter("fields", `Invalid field selection ${text}`);

  function eat(sign: string): boolean {
    if (!rest.startsWith(sign)) return false;
    rest = rest.slice(sign.length);
    return true;
  }

  function list(within: Shape): Mask {
    const mask = new Map<string, Mask>();
    let all = false;
    do {
      if (eat("*")) all = true;
      else {
        const [name, inner] = item(within);
        const before = mask.get(name);
        mask.set(name, before && inner ? new Map([...before, ...inner]) : inner);
      }
    } while (eat(","));
    return all ? null : mask;
  }

  function item(within: Shape): [string, Mask] {
    const name = NAME.exec(rest)?.[0];
    if (name === undefined) throw refused();
    rest = rest.slice(name.length);
    const below = within === "any" ? "any" : within === "leaf" ? undefined : within[name];
    if (below === undefined) throw invalidParameter("fields", `Invalid field selection ${name}`);
    if (eat("/")) return [name, eat("*") ? null : new Map([item(below)])];
    if (!eat("(")) return [name, null];
    const inner = list(below);
    if (!eat(")")) throw refused();
    return [name, inner];
  }

  const mask = list(shape);
  if (rest !== "") throw refused();
  return mask;
}

/** The selected part of a value; fields that are selected but not there are left out. */
export function select(value: unknown, mask: Mask): unknown {
  if (mask === null || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => select(one, mask));
  const whole = value as Record<string, unknown>;
  const chosen = Object.entries(whole).filter(([name, one]) => mask.has(name) && one !== undefined);
  return Object.fromEntries(
    chosen.map(([name, one]) => [name, select(one, mask.get(name) ?? null)]),
  );
}
