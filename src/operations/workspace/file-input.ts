import { z } from "zod";
import { line } from "../input.ts";

/** Its size is judged with its content, so that the message names the file. */
export const fileInput = z.strictObject({
  text: z.string().max(10_000_000).describe("the text of a workspace file"),
  file: line("the name of a file", 500),
});
