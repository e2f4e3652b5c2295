import type { Request } from "../http.ts";
import { badRequest } from "./errors.ts";

export type Given = Record<string, unknown>;

/** The body as an object with no other keys than these; nothing at all is an object without keys. */
export function bodyOf(request: Request, allowed: readonly string[] | "any"): Given {
  if (request.body === "") return {};
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    throw badRequest("Content-Type must be application/json.");
  const value = parsed(request.body);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badRequest("The body must be an object.");
  const odd = Object.keys(value).find((key) => allowed !== "any" && !allowed.includes(key));
  if (odd !== undefined)
    throw badRequest("Validation failed for 1 parameter(s).", `'${odd}' is not allowed.`);
  return value as Given;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest("The body could not be parsed as JSON.");
  }
}

/** A number that a query has to name. */
export function numberIn(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null) throw badRequest(`Missing value of required parameter '${name}'.`);
  if (!/^\d+$/.test(text)) throw badRequest("Invalid key, not parsable to integer.");
  return Number(text);
}
