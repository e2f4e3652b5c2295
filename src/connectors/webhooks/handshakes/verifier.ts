import { z } from "zod";
import { getAt, textOf } from "../../json/path.ts";
import { PathText, Request } from "../../manifest/request-spec.ts";
import { echoed, type HandshakeKind, isChallenge } from "../handshake.ts";

export const VerifierOptions = z
  .strictObject({
    kind: z.literal("verifier"),
    at: PathText.describe("Where the secret stands in the message."),
    send: z
      .strictObject(Request)
      .describe("The request that proves we have it; {message.…} is what the message says."),
  })
  .describe(
    "A secret that has to be sent back by a request of its own, and is one once the tool accepts that: FreshBooks.",
  );

export const verifier: HandshakeKind<z.output<typeof VerifierOptions>> = (
  { method, content },
  { at },
) => {
  const secret = textOf(getAt(at)(content));
  if (method !== "POST" || !isChallenge(secret)) return null;
  return { answer: echoed(""), learns: { secret, once: "sent_back" } };
};
