import { readFile } from "node:fs/promises";

/** Of package.json. */
export async function version(): Promise<string> {
  const about: unknown = JSON.parse(
    await readFile(new URL("../package.json", import.meta.url), "utf8"),
  );
  return (about as { version: string }).version;
}
