import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Connection, Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";

export type SecretPlaces = {
  /** One variable of the environment. */
  environment: (name: string) => string | undefined;
  /** The one folder `file:` may name files in. */
  folder: string;
};

/**
 * The values a connection's credential names, read now. Kept ones come out of `kept`, which may hold
 * more of them than the connection names.
 * @throws SignInAgain for a value that cannot be had
 */
export async function resolveSecret(
  { name, credential }: Connection,
  kept: Secret | null,
  places: SecretPlaces,
): Promise<Secret> {
  const values: Record<string, string> = { ...kept };
  for (const [field, source] of Object.entries(credential)) {
    switch (source.kind) {
      case "env":
        values[field] = fromEnvironment(source.name, places);
        break;
      case "file":
        values[field] = await fromFile(source.name, places);
        break;
      case "kept":
        if (kept?.[field] === undefined)
          throw new SignInAgain(`Nobody has signed in to ${name} yet.`);
        break;
      default:
        source satisfies never;
    }
  }
  return values;
}

function fromEnvironment(name: string, { environment }: SecretPlaces): string {
  const value = environment(name);
  if (value === undefined || value === "") {
    throw new SignInAgain(`The environment variable ${name} is not set.`);
  }
  return value;
}

/** Inside the folder even through links, and readable by its owner alone. */
async function fromFile(name: string, { folder }: SecretPlaces): Promise<string> {
  const [root, file] = await Promise.all(
    [folder, join(folder, name)].map((path) => realpath(path)),
  ).catch((error: unknown) => {
    throw new SignInAgain(`The file ${name} is not in ${folder}.`, { cause: error });
  });
  const way = relative(root ?? "", file ?? "");
  if (
    file === undefined ||
    way === "" ||
    way === ".." ||
    way.startsWith(`..${sep}`) ||
    isAbsolute(way)
  ) {
    throw new SignInAgain(`The file ${name} is not inside ${folder}.`);
  }
  const { mode } = await stat(file);
  if (process.platform !== "win32" && (mode & 0o177) !== 0) {
    throw new SignInAgain(`Others can read the file ${name}. Run \`chmod 600 ${file}\`.`);
  }
  return (await readFile(file, "utf8")).replace(/\r?\n$/, "");
}
