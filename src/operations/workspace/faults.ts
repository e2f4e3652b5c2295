import type { z } from "zod";
import { nearest } from "../nearest.ts";
import { looksSecret } from "#domain/looks-secret.ts";

/** Something wrong at a path of the file. `atKey`: its name is wrong, not its value. */
export type Fault = { path: readonly PropertyKey[]; message: string; atKey?: boolean };

/**
 * What zod found, in our words: one fault for each unknown name, one for each wrong value. That a name
 * is missing is not said again where it was meant by an unknown one.
 */
export function shapeFaults(
  error: z.ZodError,
  base: readonly PropertyKey[],
  allowed: (path: readonly PropertyKey[]) => readonly string[],
): Fault[] {
  const meant = new Set(
    error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...issue.path, nearest(key, allowed(issue.path))].join("."))
        : [],
    ),
  );
  return error.issues
    .filter(({ path, code }) => code === "unrecognized_keys" || !meant.has(path.join(".")))
    .flatMap((issue) => faultsOf(issue, base, allowed));
}

function faultsOf(
  issue: z.core.$ZodIssue,
  base: readonly PropertyKey[],
  allowed: (path: readonly PropertyKey[]) => readonly string[],
): Fault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...base, ...issue.path, key],
      message: unknownKey(key, allowed(issue.path)),
      atKey: true,
    }));
  if (issue.code === "invalid_union") {
    const inside = issue.errors.flat().find(({ code }) => code === "unrecognized_keys");
    if (inside !== undefined)
      return faultsOf({ ...inside, path: [...issue.path, ...inside.path] }, base, allowed);
  }
  return [{ path: [...base, ...issue.path], message: issue.message }];
}

/** "unknown name “conector”; did you mean connector?" */
function unknownKey(key: string, allowed: readonly string[]): string {
  const meant = nearest(key, allowed);
  const name = looksSecret(key) ? "unknown name" : `unknown name “${key.slice(0, 60)}”`;
  return meant === null
    ? `${name}; allowed are ${allowed.join(", ")}`
    : `${name}; did you mean ${meant}?`;
}
