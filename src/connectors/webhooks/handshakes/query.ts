import { z } from "zod";
import { echoed, type HandshakeKind, isChallenge } from "../handshake.ts";

export const QueryOptions = z
  .strictObject({
    kind: z.literal("query"),
    name: z
      .string()
      .regex(/^\w{1,40}$/)
      .describe("The parameter whose value is sent back."),
  })
  .describe("A GET with a challenge in its query, sent back as plain text: Dropbox.");

export const query: HandshakeKind<z.output<typeof QueryOptions>> = ({ method, url }, { name }) => {
  const challenge = URL.parse(url)?.searchParams.get(name);
  if (method !== "GET" || !isChallenge(challenge)) return null;
  return { answer: echoed(challenge), learns: null };
};
