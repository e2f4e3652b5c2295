import type { Fields } from "../fields.ts";
import { SlackRefusal } from "../refusal.ts";

/** A call's arguments, whether they came as a form (where lists are JSON texts) or as JSON. */
export type Arguments = {
  /** Refuses the call when it is missing. */
  need(name: string): string;
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean;
  /** A JSON value; `malformed` is the error when a form's text does not parse. */
  json(name: string, malformed?: string): unknown;
};

export function argumentsFrom(fields: Fields): Arguments {
  const text = (name: string): string | undefined => {
    const value = fields[name];
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return typeof value === "string" ? value : undefined;
  };
  return {
    text,
    need(name) {
      const value = text(name);
      if (value === undefined || value === "") throw missing(name);
      return value;
    },
    number(name) {
      const value = text(name);
      return value === undefined || value === "" ? undefined : Number(value);
    },
    flag: (name) => ["true", "1"].includes(text(name) ?? ""),
    json(name, malformed = "invalid_arguments") {
      const value = fields[name];
      if (typeof value !== "string") return value ?? undefined;
      if (value === "") return undefined;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        throw new SlackRefusal(malformed);
      }
    },
  };
}

const missing = (name: string) =>
  new SlackRefusal("invalid_arguments", {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
