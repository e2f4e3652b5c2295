import { z } from "zod";

/** Judged with the same rules as the flows of a workspace file. */
export const wordsField = z
  .record(z.string().max(100), z.unknown())
  .refine((words) => JSON.stringify(words).length <= 20_000)
  .describe("a flow as in a workspace file");
