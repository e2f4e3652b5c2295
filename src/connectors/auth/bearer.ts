import { z } from "zod";
import { SignInAgain } from "#domain/errors.ts";
import type { AuthKind } from "./auth.ts";

export const BearerOptions = z
  .strictObject({
    kind: z.literal("bearer"),
    about: z.string().min(1).describe("How a person gets such a key."),
    header: z.string().default("Authorization").describe("Header that carries the key."),
    prefix: z.string().default("Bearer ").describe("Text before the key."),
  })
  .describe("A fixed key in one header, as HubSpot's service keys.");

export const bearer: AuthKind<z.output<typeof BearerOptions>> = {
  fields: [{ name: "token", label: "Key", secret: true, optional: false }],
  sign(secret, { header, prefix }) {
    const token = secret["token"];
    if (!token) throw new SignInAgain("The key is missing");
    // A line break in a header would be a second header; people paste keys with one at the end.
    return { [header.toLowerCase()]: prefix + token.trim() };
  },
};
