import { z } from "zod";
import { equal } from "./equal.ts";
import { SecretFrom } from "./secret.ts";
import { forged, genuine, type VerifyKind } from "./verify.ts";

export const SharedTokenOptions = z
  .strictObject({
    kind: z.literal("shared_token"),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .describe("Header that has to hold the token."),
    secret: SecretFrom,
  })
  .describe("A token of ours that the tool sends back with each message: Google Drive.");

export const sharedToken: VerifyKind<z.output<typeof SharedTokenOptions>> = (
  { headers },
  { header },
  { secrets },
) => {
  const given = headers[header.toLowerCase()] ?? "";
  const fits = secrets.map((secret) => secret !== "" && equal(given, secret));
  return fits.includes(true) ? genuine : forged;
};
