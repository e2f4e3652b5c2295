import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { lint, type Linted, type LintProblem } from "./lint.ts";
import type { Manifest } from "./manifest.ts";
import { tooLarge } from "./yaml.ts";

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
      const linted = await read(file);
      if (linted.manifest === null) problems.push(...linted.problems);
      else found.set(linted.manifest.connector, linted.manifest);
    }
  }
  return { manifests: [...found.values()], problems };
}

async function manifestFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return names.map((name) => join(folder, name));
}

/** A file that is too large is not even read into memory. */
async function read(file: string): Promise<Linted> {
  const large = tooLarge((await stat(file)).size);
  return large === null
    ? lint(await readFile(file, "utf8"), file)
    : { manifest: null, problems: [{ file, line: 1, column: 1, message: large }] };
}
