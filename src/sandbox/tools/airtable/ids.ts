import { createHash } from "node:crypto";

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id as Airtable makes them, `rec` and fourteen letters and digits: the same one for the same seed. */
export function idOf(prefix: string, seed: string): string {
  const bytes = createHash("sha256").update(`${prefix}/${seed}`).digest().subarray(0, 14);
  return prefix + [...bytes].map((byte) => SIGNS[byte % SIGNS.length]).join("");
}

export const isId = (prefix: string, value: unknown): value is string =>
  typeof value === "string" && new RegExp(`^${prefix}[0-9A-Za-z]{14}$`).test(value);
