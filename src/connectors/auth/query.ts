import { z } from "zod";
import { type AuthKind, field } from "./auth.ts";
import { About, KeyLabel, keyIn } from "./options.ts";

export const QueryOptions = z
  .strictObject({
    kind: z.literal("query"),
    about: About,
    label: KeyLabel,
    name: z
      .string()
      .regex(/^[\w.[\]-]{1,64}$/, "the name of a parameter is accepted here")
      .describe("Parameter of every request's query that carries the key."),
  })
  .describe("A fixed key in the query of each request.");

export const query: AuthKind<z.output<typeof QueryOptions>> = {
  fields: ({ label }) => [field("token", label)],
  sign: (secret, { name }) => ({
    headers: {},
    query: { [name]: keyIn(secret, "token") },
    leads: null,
  }),
};
