import type { Problem } from "../errors.ts";

export type Kind =
  | { kind: "text" }
  | { kind: "email" }
  | { kind: "number" }
  /** A day: an ISO date, or milliseconds at midnight UTC. */
  | { kind: "date" }
  | { kind: "datetime" }
  | { kind: "option"; options: readonly string[] }
  /** Several of them, joined by semicolons. */
  | { kind: "choices"; options: readonly string[] }
  | { kind: "read_only"; type: "datetime" | "number" | "string" | "bool" };

export const text: Kind = { kind: "text" };
export const number: Kind = { kind: "number" };
export const datetime: Kind = { kind: "datetime" };
export const flag: Kind = { kind: "option", options: ["true", "false"] };
export const option = (...options: string[]): Kind => ({ kind: "option", options });
export const readOnly = (type: "datetime" | "number" | "string" | "bool"): Kind => ({
  kind: "read_only",
  type,
});

/** How HubSpot's list of properties types a kind: `[type, fieldType]`. */
export const DECLARED: Record<Exclude<Kind["kind"], "read_only">, [string, string]> = {
  text: ["string", "text"],
  email: ["string", "text"],
  number: ["number", "number"],
  date: ["date", "date"],
  datetime: ["datetime", "date"],
  option: ["enumeration", "select"],
  choices: ["enumeration", "checkbox"],
};

/** What is wrong with a value that is not empty. */
export function invalid(kind: Kind, name: string, value: string): Problem | undefined {
  switch (kind.kind) {
    case "email":
      // Lenient on purpose: HubSpot lets some addresses in that nobody can write to.
      if (/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value.trim())) return undefined;
      return { message: `Email address ${value} is invalid`, error: "INVALID_EMAIL", name };
    case "number":
      if (/^-?(\d+\.?\d*|\.\d+)$/.test(value)) return undefined;
      return { message: `${value} was not a valid number.`, error: "INVALID_INTEGER", name };
    case "date":
      return invalidDate(name, value);
    case "datetime":
      if (!Number.isNaN(instantOf(value))) return undefined;
      return { message: `${value} was not a valid date.`, error: "INVALID_DATE", name };
    case "option":
      return notAmong(kind.options, name, value);
    case "choices":
      return value
        .split(";")
        .map((one) => notAmong(kind.options, name, one))
        .find((problem) => problem !== undefined);
    case "text":
    case "read_only":
      return undefined;
    default:
      return kind satisfies never;
  }
}

function invalidDate(name: string, value: string): Problem | undefined {
  const at = instantOf(value);
  if (Number.isNaN(at)) {
    return { message: `${value} was not a valid date.`, error: "INVALID_DATE", name };
  }
  if (at % 86_400_000 === 0) return undefined;
  const time = new Date(at).toISOString().slice(11, -1);
  return { message: `${value} is at ${time} UTC, not midnight!`, error: "INVALID_DATE", name };
}

const notAmong = (options: readonly string[], name: string, value: string): Problem | undefined =>
  options.includes(value)
    ? undefined
    : {
        message: `${value} was not one of the allowed options: [${options.join(", ")}]`,
        error: "INVALID_OPTION",
        name,
      };

/** A value as HubSpot keeps and tells it, whatever form it came in. */
export function stored(kind: Kind, value: string): string {
  if (kind.kind === "email") return value.trim().toLowerCase();
  if (kind.kind === "date") return new Date(instantOf(value)).toISOString().slice(0, 10);
  if (kind.kind === "datetime") return new Date(instantOf(value)).toISOString();
  return value;
}

/** Milliseconds since 1970 of an ISO date or of milliseconds written as a text; NaN if neither. */
export const instantOf = (value: string): number =>
  /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
