import { Mistake } from "#domain/errors.ts";
import type { Cli } from "./cli.ts";

/** The text of a file the person named. @throws Mistake of usage for one that cannot be read */
export const readNamed = ({ readText }: Pick<Cli, "readText">, path: string): Promise<string> =>
  readText(path).catch((error: unknown) => {
    throw new Mistake(`${path} cannot be read: ${why(error)}.`, { usage: true });
  });

function why(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "this user may not read it",
    EISDIR: "it is a folder",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
