import { z } from "zod";

export const GoogleUpload = z
  .strictObject({
    kind: z.literal("google"),
    at: z.string().startsWith("/").describe("Where files are uploaded; one that is there, at /{id} below."), // prettier-ignore
    query: z.record(z.string(), z.string()).default({}),
  })
  .describe("Google's: at once up to 5 MB, and in a resumable session above.");
export type GoogleUpload = z.output<typeof GoogleUpload>;
