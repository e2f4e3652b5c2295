import { z } from "zod";
import { Name } from "../manifest/request-spec.ts";

/** Where the secret is that messages are signed with. */
export const SecretFrom = z.union([
  z
    .literal("learned")
    .describe("It comes over the address itself, in a handshake, or when a webhook is made."),
  z
    .strictObject({
      asked: z.string().min(1).max(40).describe("What the tool calls it, for the one-time page."),
      optional: z
        .boolean()
        .default(false)
        .describe("Until somebody has copied it, the token in the address is all there is."),
    })
    .describe("A person copies it from the tool."),
  z
    .strictObject({ field: Name.describe("Its name among the values of a credential.") })
    .describe("It is a value of the connection's credential."),
]);
export type SecretFrom = z.output<typeof SecretFrom>;
