import { z } from "zod";
import { type AuthKind, field, inHeaders } from "./auth.ts";
import { About, KeyLabel, keyIn, Scopes } from "./options.ts";

/** Headers that say where a request goes and how long it is; a key in them would be one of another kind. */
const reserved = /^(host|content-.*|transfer-encoding|connection|cookie|te|upgrade|accept.*)$/i;

export const HeaderOptions = z
  .strictObject({
    kind: z.literal("header"),
    about: About,
    label: KeyLabel,
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/, "the name of a header is accepted here")
      .refine((name) => !reserved.test(name), "this header is not for keys")
      .default("Authorization")
      .describe("Header that carries the key."),
    prefix: z
      .string()
      .regex(/^[\x20-\x7e]{0,40}$/, "a short text is accepted here")
      .default("")
      .describe("Text before the key: `Token ` for Make."),
    scopes: Scopes,
  })
  .describe("A fixed key in one header: ActiveCampaign's Api-Token, monday's bare token.");

export const header: AuthKind<z.output<typeof HeaderOptions>> = {
  fields: ({ label }) => [field("token", label)],
  sign: (secret, { header: name, prefix }) =>
    inHeaders({ [name.toLowerCase()]: prefix + keyIn(secret, "token") }),
};
