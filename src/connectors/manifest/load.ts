import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type LintProblem, lint } from "./lint.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Every connector in these folders. One of the same name in a later folder takes the place of the
 * earlier one. A file with problems is left out, and its problems are told. Has no effect outside.
 */
export async function loadManifests(
  folders: readonly string[],
): Promise<{ manifests: Manifest[]; problems: LintProblem[] }> {
  const found = new Map<string, Manifest>();
  const problems: LintProblem[] = [];
  for (const folder of folders) {
    for (const file of await manifestFiles(folder)) {
      const linted = lint(await readFile(file, "utf8"), file);
      if (linted.manifest === null) problems.push(...linted.problems);
      else found.set(linted.manifest.connector, linted.manifest);
    }
  }
  return { manifests: [...found.values()], problems };
}

async function manifestFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files: string[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const { size } = await stat(file);
    // A file far over the limit is not read into memory; the linter says so of the rest.
    if (size <= 1_048_576) files.push(file);
  }
  return files;
}
