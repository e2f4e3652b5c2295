import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Tells this program from every other version of it that may make something else of a record: by its own
 * files that take part in that, the libraries it was installed with, and Node.
 */
export function thisProgram(root: string): string {
  const files = globSync("src/{connectors,domain,engine}/**/*.ts", { cwd: root }).sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of [...files, "package-lock.json"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("base64url");
}
