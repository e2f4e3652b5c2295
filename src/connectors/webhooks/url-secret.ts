import { z } from "zod";
import { genuine, type VerifyKind } from "./verify.ts";

export const UrlSecretOptions = z
  .strictObject({ kind: z.literal("url_secret") })
  .describe(
    "The token in the address is all there is, for tools that sign nothing: ActiveCampaign. What they say is only taken as a hint to look.",
  );

/** The token was looked up before the message was read. */
export const urlSecret: VerifyKind<z.output<typeof UrlSecretOptions>> = () => genuine;
