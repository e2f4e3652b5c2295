import { z } from "zod";

/** What the asking process sends: one line of JSON. Another version of ours may have less to say. */
export const Question = z.object({
  argv: z.array(z.string()).readonly(),
  /** Files the person named, by the name they were given, read where the person is. */
  files: z.record(z.string(), z.string()).readonly().catch({}),
  isTTY: z.boolean().catch(false),
  columns: z.number().catch(80),
});
export type Question = z.output<typeof Question>;

/** What comes back: lines of JSON, the last of which is the exit code. */
export const Answer = z.union([
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ exit: z.int() }),
]);
export type Answer = z.output<typeof Answer>;

/** A sink for chunks that hands on whole lines; more than `limit` characters without an end is an error. */
export function lineByLine(limit: number, take: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > limit) throw new Error("the line is too long");
    for (const line of lines) take(line);
  };
}
