import { z } from "zod";
import type { VerifyKind } from "./verify.ts";

export const BearerKeyOptions = z
  .strictObject({
    kind: z.literal("bearer"),
    id_header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .default("Idempotency-Key")
      .describe("Header that says which message it is, where there is one."),
  })
  .describe("The address's token in `Authorization: Bearer …`, for senders that sign nothing.");

/** The token was looked up before the message was read: whoever has it is whom it was given to. */
export const bearerKey: VerifyKind<z.output<typeof BearerKeyOptions>> = (
  { headers },
  { id_header: name },
) => {
  const id = headers[name.toLowerCase()]?.trim() ?? "";
  return { ok: true, id: id === "" ? null : id.slice(0, 512) };
};
