import type { Request } from "../http.ts";
import { badRequest, invalid, missing } from "./errors.ts";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function bodyOf(request: Request): JsonObject {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/json"))
    throw badRequest("The Content-Type has to be application/json");
  try {
    const value: unknown = JSON.parse(request.body);
    if (isObject(value)) return value;
  } catch {
    throw badRequest("The body is no valid JSON");
  }
  throw badRequest("The body has to be an object");
}

/**
 * What is in the envelope: `{"contact": {…}}`. Names there are not are refused, so that a misspelling is
 * found; ActiveCampaign itself ignores them.
 */
export function enveloped(
  request: Request,
  envelope: string,
  known: readonly string[],
): JsonObject {
  const inner = bodyOf(request)[envelope];
  if (!isObject(inner)) throw missing(envelope);
  const unknown = Object.keys(inner).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalid(unknown, `The ${unknown} attribute does not exist on ${envelope}.`);
  return inner;
}

/** A text, or undefined where none is given; null and nothing clear it. */
export function textIn(record: JsonObject, name: string): string | undefined {
  const value = record[name];
  if (value === undefined) return undefined;
  if (value === null) return "";
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  throw invalid(name);
}

/** An id as a text or a number; undefined where none is given. */
export function idIn(record: JsonObject, name: string): string | undefined {
  const value = record[name];
  if (value === undefined || value === null || value === "") return undefined;
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (/^\d{1,10}$/.test(text)) return text;
  throw invalid(name);
}

/** A whole number from 0, given as a number. */
export function wholeIn(record: JsonObject, name: string, most: number): number | undefined {
  const value = record[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most)
    return value;
  throw invalid(name);
}

export function listIn(record: JsonObject, name: string): JsonObject[] {
  const value = record[name] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw invalid(name);
}
