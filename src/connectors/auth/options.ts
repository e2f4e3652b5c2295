import { z } from "zod";
import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";

/** What the ways of signing in have in common. */
export const About = z.string().min(1).describe("How a person gets such a credential.");
export const KeyLabel = z
  .string()
  .min(1)
  .max(40)
  .default("Key")
  .describe("What the tool calls it.");
export const Scopes = z
  .array(z.string().regex(/^[^\s,"\\]+$/, "a scope without spaces and commas is accepted here"))
  .default([])
  .describe("The least it has to be allowed, as the tool names it.");
export const Https = z.url({
  protocol: /^https$/,
  error: "an https address is accepted here",
});

/**
 * One value of a credential. A line break in a header would be a second header, and people paste keys
 * with one at the end.
 * @throws SignInAgain when it is missing or no key at all
 */
export function keyIn(secret: Secret, name: string): string {
  const key = secret[name]?.trim();
  if (!key) throw new SignInAgain("The key is missing");
  if (/[^\t\x20-\x7e\x80-\xff]/.test(key))
    throw new SignInAgain("The key holds characters that no key has; paste it once more");
  return key;
}
