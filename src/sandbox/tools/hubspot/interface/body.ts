import type { Request } from "../../http.ts";
import { badRequest } from "../errors.ts";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The body as an object with no other keys than these; a 400 in HubSpot's words if it is not. */
export function bodyOf(request: Request, allowed: string[]): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw badRequest("Invalid input JSON on line 1, column 1: not well-formed JSON");
  }
  return objectWith(value, allowed, "the body");
}

export function objectWith(value: unknown, allowed: string[], what: string): JsonObject {
  if (!isObject(value)) throw badRequest(`Invalid input JSON: ${what} is not an object`);
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) {
    throw badRequest(`Invalid input JSON: Unrecognized field "${unknown}" in ${what}`);
  }
  return value;
}

/** Property values as the specification types them: text only, `""` to clear. */
export function propertiesIn(value: unknown): Record<string, string> {
  if (!isObject(value)) throw badRequest("Some required fields were not set: [properties]");
  for (const [name, given] of Object.entries(value)) {
    if (typeof given === "string") continue;
    throw badRequest(
      `Invalid input JSON: Cannot deserialize value of type \`java.lang.String\` at properties["${name}"]`,
    );
  }
  return value as Record<string, string>;
}

export function textsIn(value: unknown, what: string): string[] {
  const list = value ?? [];
  if (!Array.isArray(list) || list.some((item) => typeof item !== "string")) {
    throw badRequest(`Invalid input JSON: ${what} is not a list of texts`);
  }
  return list as string[];
}
