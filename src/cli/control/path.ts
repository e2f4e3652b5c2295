import { createHash } from "node:crypto";
import { mkdirSync, lstatSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

/** A Unix socket's path may be so long on every system we run on (macOS has 104 with the NUL). */
const longest = 100;

/**
 * Where the process that has a folder listens for the command line: a socket in that folder, a named
 * pipe on Windows, and for a folder whose path is too long a socket in a folder of our own elsewhere.
 */
export function controlPath(dir: string, platform: NodeJS.Platform = process.platform): string {
  const folder = resolve(dir);
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  if (platform === "win32") return `\\\\.\\pipe\\tieline-${name}`;
  const beside = join(folder, "control.sock");
  if (Buffer.byteLength(beside) <= longest) return beside;
  return join(ownFolder(), `${name}.sock`);
}

/** Nobody else may have made it: a folder for all is where it stands. */
function ownFolder(): string {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `tieline-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new Error(`${folder} must be a folder that only this user can read`);
  return folder;
}
