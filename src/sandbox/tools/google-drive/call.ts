import { type Answer, json, type Request, type Route } from "../http.ts";
import { badRequest, invalidParameter, invalidValue, missing, scopesMissing } from "./errors.ts";
import { parseMask, select, type Shape } from "./fields.ts";
import { commonParameters, type Method, type MethodName, methods, type Parameter } from "./methods.ts"; // prettier-ignore
import type { Principal } from "./principals.ts";

/** One request to a method: who asks, and what the parameters say, each of the right kind. */
export type Call = {
  request: Request;
  who: Principal;
  /** A part of the path. */
  id(name: string): string;
  text(name: string): string | undefined;
  flag(name: string): boolean;
  /** A whole number from 1; undefined where it is not said. */
  count(name: string, max: number): number | undefined;
  /** The answer, cut down to what `fields` asks for, or to what this method shows by itself. */
  shown(value: unknown, shape: Shape, usual: string, status?: number): Answer;
};

export type Handle = (call: Call) => Answer | Promise<Answer>;

/**
 * Routes of a method at the paths where Drive has it. Scopes and parameters are checked before the
 * handler hears of the call; a parameter that the method does not know is refused.
 */
export function routesFor(
  name: MethodName,
  bases: readonly string[],
  identify: (request: Request) => Principal,
  handle: Handle,
): Route[] {
  const method: Method = methods[name];
  return bases.map((base) => ({
    method: method.verb,
    path: `${base}/${method.path}`,
    handle(request) {
      const who = identify(request);
      if (!method.scopes.some((scope) => who.scopes.includes(scope))) throw scopesMissing();
      check(request, method);
      return handle(callOf(request, who));
    },
  }));
}

function check({ query }: Request, method: Method): void {
  const known: Readonly<Record<string, Parameter>> = { ...commonParameters, ...method.parameters };
  for (const [name, value] of query) {
    const parameter = known[name];
    if (parameter === undefined) {
      throw badRequest(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    }
    if (parameter === "flag" && value !== "true" && value !== "false") {
      throw invalidParameter(name, `Invalid boolean value: '${value}'.`);
    }
    if (parameter === "count" && !/^-?\d+$/.test(value)) {
      throw invalidParameter(name, `Invalid unsigned integer value: '${value}'.`);
    }
  }
  const lacking = method.required?.find((name) => !query.get(name));
  if (lacking !== undefined) throw missing(lacking);
  if (!["json", "media", null].includes(query.get("alt"))) throw invalidValue("alt");
}

export function callOf(request: Request, who: Principal): Call {
  const { query } = request;
  const text = (name: string) => query.get(name) ?? undefined;
  return {
    request,
    who,
    id: (name) => request.params[name] ?? "",
    text,
    flag: (name) => query.get(name) === "true",
    count(name, max) {
      const said = text(name);
      if (said === undefined) return undefined;
      if (Number(said) < 1) {
        throw invalidParameter(
          name,
          `Invalid value '${said}'. Values must be within the range: [1, ${String(max)}]`,
        );
      }
      return Number(said);
    },
    shown(value, shape, usual, status = 200) {
      const mask = parseMask(text("fields") ?? usual, shape);
      return json(status, select(value, mask), { "cache-control": "no-cache, no-store" });
    },
  };
}

/** Drive's own, and the older name, differ: either says that the caller knows of shared drives. */
export const knowsDrives = (call: Call): boolean =>
  call.flag("supportsAllDrives") || call.flag("supportsTeamDrives");

/** What a file shows of itself where nobody asked for more. */
export const USUAL_FILE = "kind,id,name,mimeType";
