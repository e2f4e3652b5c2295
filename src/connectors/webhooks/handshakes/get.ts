import { z } from "zod";
import { echoed, type HandshakeKind } from "../handshake.ts";

export const GetOptions = z
  .strictObject({ kind: z.literal("get") })
  .describe("A GET that wants no more than a 200: Mailchimp.");

export const get: HandshakeKind<z.output<typeof GetOptions>> = ({ method }) =>
  method === "GET" || method === "HEAD" ? { answer: echoed(""), learns: null } : null;
