/** A JSON object whose members are not yet known. */
export type Fields = Record<string, unknown>;

/** A block or an element inside one, as the app sent it. */
export type Block = Fields & { type: string };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isBlock(value: unknown): value is Block {
  return isFields(value) && typeof value["type"] === "string";
}

export function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The text, or undefined for anything else and for the empty text. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
