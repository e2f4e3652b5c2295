import { Refusal, type Request } from "../http.ts";
import { badRequest, missing, tooLarge, unreadable } from "./errors.ts";

export type JsonObject = Record<string, unknown>;

/** Unverified: Airtable says that there is a limit, not which. */
const LARGEST = 4 * 1024 * 1024;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The body as an object with no other keys than these. Where the content type is not JSON Airtable reads
 * nothing, and misses `wanted`.
 */
export function bodyOf(request: Request, wanted: string, allowed: string[]): JsonObject {
  if (request.raw.length > LARGEST) throw new Refusal(tooLarge());
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/json")) throw missing(wanted);
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw unreadable();
  }
  return objectWith(value, allowed);
}

export function objectWith(value: unknown, allowed: string[]): JsonObject {
  if (!isObject(value)) throw badRequest();
  if (Object.keys(value).some((key) => !allowed.includes(key))) throw badRequest();
  return value;
}

export function flag(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== "boolean") throw badRequest();
  return value;
}

export function texts(value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw badRequest();
}
