import { z } from "zod";
import { Name } from "../manifest/request-spec.ts";

/** Where the secret is that messages are signed with. */
export const SecretFrom = z.union([
  z
    .literal("learned")
    .describe("It came over the address itself: by a handshake, or when the webhook was made."),
  z
    .strictObject({
      field: Name.describe("The value of the credential that it is."),
      label: z
        .string()
        .min(1)
        .max(40)
        .optional()
        .describe("What the tool calls it, where no way of signing in asks for it anyway."),
    })
    .describe("A value of the connection's credential."),
]);
export type SecretFrom = z.output<typeof SecretFrom>;
