import { z } from "zod";
import { type HandshakeKind, isChallenge } from "../handshake.ts";

export const HeaderOptions = z
  .strictObject({
    kind: z.literal("header"),
    name: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .describe("The header that is sent back."),
  })
  .describe(
    "A secret in a header, sent back in the same while the webhook is being made: Asana. It is learned once; another one needs another address.",
  );

export const header: HandshakeKind<z.output<typeof HeaderOptions>> = (
  { method, headers },
  { name },
) => {
  const secret = headers[name.toLowerCase()];
  if (method !== "POST" || !isChallenge(secret)) return null;
  return {
    answer: { status: 200, headers: { [name]: secret }, body: "" },
    learns: { secret, once: "the_first" },
  };
};
