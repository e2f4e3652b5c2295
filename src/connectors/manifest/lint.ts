import type { z } from "zod";
import { Manifest } from "./manifest.ts";
import { type Position, readYaml, type YamlFile } from "./yaml.ts";

/** What is wrong in a manifest, where, and what is accepted there. */
export type LintProblem = { file: string; line: number; column: number; message: string };

/** Reads and judges a manifest; null with the problems where there are any. */
export function lint(
  text: string,
  file: string,
): { manifest: Manifest; problems: [] } | { manifest: null; problems: LintProblem[] } {
  const told = (at: Position, message: string): LintProblem => ({ file, ...at, message });
  const read = readYaml(text);
  if ("complaints" in read)
    return {
      manifest: null,
      problems: read.complaints.map(({ at, message }) => told(at, message)),
    };
  const parsed = Manifest.safeParse(read.file.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => told(positionOf(read.file, issue), issue.message)); // prettier-ignore
    return { manifest: null, problems };
  }
  return { manifest: parsed.data, problems: [] };
}

export const lintManifest = (text: string, file: string): LintProblem[] =>
  lint(text, file).problems;

const positionOf = (file: YamlFile, issue: z.core.$ZodIssue): Position =>
  file.positionOf(issue.path);
