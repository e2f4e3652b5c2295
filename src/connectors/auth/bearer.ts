import { z } from "zod";
import { type AuthKind, field, inHeaders } from "./auth.ts";
import { About, KeyLabel, keyIn, Scopes } from "./options.ts";

export const BearerOptions = z
  .strictObject({ kind: z.literal("bearer"), about: About, label: KeyLabel, scopes: Scopes })
  .describe("A fixed key as a bearer token (RFC 6750), as HubSpot's service keys.");

export const bearer: AuthKind<z.output<typeof BearerOptions>> = {
  fields: ({ label }) => [field("token", label)],
  sign: (secret) => inHeaders({ authorization: `Bearer ${keyIn(secret, "token")}` }),
};
