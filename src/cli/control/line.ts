/** What the asking process sends: one line of JSON. */
export type Question = {
  argv: readonly string[];
  /** Files the person named, by the name they were given, read where the person is. */
  files: Readonly<Record<string, string>>;
  isTTY: boolean;
  columns: number;
};

/** What comes back: lines of JSON, the last of which is the exit code. */
export type Answer = { out: string } | { err: string } | { exit: number };

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
