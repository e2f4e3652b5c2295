import { z } from "zod";
import { line } from "../input.ts";

/** A request, and what was seen of it. */
export const chosen = z.strictObject({
  approval: line("the id of a request"),
  hash: line("the hash of what was looked at"),
});
