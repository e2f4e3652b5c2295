import type { Contents } from "../../contents.ts";
import { type Call, knowsDrives } from "./call.ts";
import { forbidden, noPermission, notFound } from "./errors.ts";
import { type DriveFile, type Files, FOLDER } from "./files.ts";
import { type Principal, reaches, rootOf, seesAll, SHARED_DRIVE } from "./principals.ts";

/** The simulated account: its files, their bytes, and how many of those fit. */
export type Account = {
  files: Files;
  contents: Contents;
  /** In bytes; what is full is full for uploads alone. */
  storage: { limit: number };
};

/** A file that the caller may know of; anything else is not found, whether it exists or not. */
export function findFile({ files }: Account, who: Principal, id: string): DriveFile {
  const file = files.get(id === "root" ? rootOf(who.own) : id);
  if (file === undefined || !isVisible(file, who)) throw notFound(id);
  return file;
}

/** The same for methods that have to say that they know of shared drives. */
export function findCalled(account: Account, call: Call, id: string): DriveFile {
  const file = findFile(account, call.who, id);
  if (file.corpus === SHARED_DRIVE && !knowsDrives(call)) throw notFound(id);
  return file;
}

/** Who sees only what the app made still sees the folder everything is in. */
export const isVisible = (file: DriveFile, who: Principal): boolean =>
  reaches(who, file.corpus) && (seesAll(who) || file.app === who.app || file.parent === null);

const ALTERS = ["drive", "drive.metadata"];

/** Throws where the caller may see a file but not change it. */
export function mustBeWritable(file: DriveFile, who: Principal): void {
  if (file.parent === null) throw noPermission();
  if (who.scopes.some((scope) => ALTERS.includes(scope)) || file.app === who.app) return;
  throw forbidden(
    "appNotAuthorizedToFile",
    `The user has not granted the app ${who.app} write access to the file ${file.id}.`,
  );
}

/** A folder to put something into. */
export function findFolder(account: Account, call: Call, id: string): DriveFile {
  const folder = findCalled(account, call, id);
  if (folder.mimeType !== FOLDER) {
    // The reason is likely, not recorded.
    throw forbidden("parentNotAFolder", "The specified parent is not a folder.");
  }
  return folder;
}
