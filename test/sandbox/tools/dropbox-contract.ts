import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const file = new URL("../../../../shared/specs/dropbox-files-v2.derived.json", import.meta.url);
export const contractIsHere = existsSync(file);

type Schema = Record<string, unknown>;
type Ref = { $ref: string };
export type DerivedRoute = { url: string; style: string; scope: string; auth: string; arg: Ref; result: Ref; error: Ref }; // prettier-ignore
type Derived = { routes: DerivedRoute[]; $defs: Record<string, Schema> };

export const derived = (): Derived => JSON.parse(readFileSync(file, "utf8")) as Derived;

export type Exchange = { name: string; arg: unknown; status: number; result: unknown };

/** Structs closed, so that a misspelling shows; the tag may stand in any of them. */
const closed = (schema: Schema): Schema =>
  schema["x-stone-kind"] === "struct"
    ? {
        ...schema,
        properties: { ...(schema["properties"] as Schema), ".tag": true },
        additionalProperties: false,
      }
    : schema;

/** What Dropbox's own IDL says against an exchange; null where it has nothing to say. */
export function derivedJudge(): (exchange: Exchange) => string | null {
  const { routes, $defs } = derived();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const defs = Object.fromEntries(Object.entries($defs).map(([name, one]) => [name, closed(one)]));
  ajv.addSchema({ $id: "dropbox", $defs: defs });
  const compiled = new Map<string, ValidateFunction>();

  function problem(schema: Ref | Schema, value: unknown): string | null {
    const ref = typeof schema["$ref"] === "string" ? { $ref: `dropbox${schema["$ref"]}` } : schema;
    const key = JSON.stringify(ref);
    const valid = compiled.get(key) ?? ajv.compile(ref);
    compiled.set(key, valid);
    return valid(value) ? null : `${key}: ${ajv.errorsText(valid.errors)}`;
  }

  return ({ name, arg, status, result }) => {
    const route = routes.find(({ url }) => url.endsWith(`/2/${name}`));
    const error = (result as { error?: unknown } | null)?.error;
    if (status === 401) return problem({ $ref: "#/$defs/auth.AuthError" }, error);
    if (status === 429 && typeof result === "object")
      return problem({ $ref: "#/$defs/auth.RateLimitError" }, error);
    if (status === 422) return problem({ $ref: "#/$defs/common.PathRootError" }, error);
    if (status === 400 || route === undefined) return null;
    if (status === 409) return summaryProblem(result) ?? problem(route.error, error);
    return problem(route.arg, arg) ?? problem(route.result, result);
  };
}

/** The summary begins with the outermost tag and ends in dots nobody should count on. */
function summaryProblem(result: unknown): string | null {
  const { error_summary: summary, error } = result as { error_summary: string; error: { ".tag": string } }; // prettier-ignore
  return new RegExp(`^${error[".tag"]}/.*\\.{0,3}$`).test(summary) ? null : `summary ${summary}`;
}
