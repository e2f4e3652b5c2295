import { Manifest } from "./manifest.ts";
import { rules } from "./rules/index.ts";
import { shapeMessage } from "./shape-message.ts";
import { type Position, readYaml } from "./yaml.ts";

/** What is wrong in a manifest, where, and what is accepted there. */
export type LintProblem = { file: string; line: number; column: number; message: string };

/** A manifest, or what is wrong. */
export type Linted =
  { manifest: Manifest; problems: [] } | { manifest: null; problems: LintProblem[] };

/** Reads and judges a manifest. There is a manifest only where there are no problems. */
export function lint(text: string, file: string): Linted {
  const failed = (found: { at: Position; message: string }[]): Linted => ({
    manifest: null,
    problems: found
      .map(({ at, message }) => ({ file, ...at, message }))
      .sort((a, b) => a.line - b.line || a.column - b.column),
  });
  const read = readYaml(text);
  if ("complaints" in read) return failed(read.complaints);
  const { positionOf, positionOfKey, value } = read.file;

  const parsed = Manifest.safeParse(value, { error: shapeMessage });
  if (!parsed.success)
    return failed(
      parsed.error.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((key, index) => ({
              at: positionOfKey(issue.path, key),
              message: issue.message.split("\n")[index] ?? issue.message,
            }))
          : [{ at: positionOf(issue.path), message: issue.message }],
      ),
    );

  const found = rules.flatMap((rule) => [...rule(parsed.data)]);
  if (found.length === 0) return { manifest: parsed.data, problems: [] };
  return failed(found.map(({ path, message }) => ({ at: positionOf(path), message })));
}

/** The problems of a manifest, in order of place; none means that it can be used. */
export const lintManifest = (text: string, file: string): LintProblem[] =>
  lint(text, file).problems;
