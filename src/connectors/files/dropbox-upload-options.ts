import { z } from "zod";
import { Name } from "../manifest/request-spec.ts";

export const DropboxUpload = z
  .strictObject({
    kind: z.literal("dropbox"),
    host: Name.describe("One of hosts: where content is sent."),
  })
  .describe("Dropbox's: at once up to 5 MB, and in an upload session above.");
export type DropboxUpload = z.output<typeof DropboxUpload>;
