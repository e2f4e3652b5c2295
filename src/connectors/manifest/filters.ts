import type { Json } from "#domain/json.ts";
import { textOf } from "../json/path.ts";

/** Something a placeholder's value may pass through on its way into a request: `{values|quoted}`. */
export type Filter = { about: string; apply(value: Json): Json };

/** Every filter. A new one is one entry here. */
export const filters: Readonly<Record<string, Filter>> = {
  quoted: {
    about: "Texts as literals of a query language: in single quotes, joined by commas.",
    apply: (value) =>
      (Array.isArray(value) ? value : [value])
        .map((item) => literal(textOf(item) ?? ""))
        .join(", "),
  },
  epoch_ms: {
    about: "A point in time as milliseconds since 1970, in digits.",
    apply: (value) => String(Temporal.Instant.from(textOf(value) ?? "").epochMilliseconds),
  },
};

/**
 * The backslash is escaped as well as the quote, or a value that ends in one would take the closing
 * quote with it. Control characters cannot be in anything we look for.
 */
const literal = (text: string): string =>
  `'${text.replace(/\p{Cc}/gu, " ").replace(/[\\']/g, "\\$&")}'`;
