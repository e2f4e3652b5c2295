import { z } from "zod";
import { getAt, textOf } from "../../json/path.ts";
import { PathText } from "../../manifest/request-spec.ts";
import { type HandshakeKind, isChallenge } from "../handshake.ts";

export const JsonOptions = z
  .strictObject({
    kind: z.literal("json"),
    name: PathText.describe("The member whose value is sent back."),
  })
  .describe("A POST with a challenge in its body, sent back as the same JSON: monday.com.");

export const json: HandshakeKind<z.output<typeof JsonOptions>> = (
  { method, content },
  { name },
) => {
  const challenge = textOf(getAt(name)(content));
  if (method !== "POST" || !isChallenge(challenge)) return null;
  const body = JSON.stringify({ [name]: challenge });
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { answer: { status: 200, headers, body }, learns: null };
};
