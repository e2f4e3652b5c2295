import { contentHash } from "./content-hash.ts";
import { conflict, LookupRefused, tagged, WriteRefused } from "./errors.ts";
import { type FileMetadata, fileMetadata } from "./metadata.ts";
import { isDisallowed, marked, nameOf, placeOf } from "./paths.ts";
import type { Commit } from "./shapes.ts";
import type { Entry, Tree } from "./tree.ts";

/** The account, and what may stand in the way of writing to it. */
export type Account = {
  tree: Tree;
  /** In bytes. */
  storage: { limit: number };
  /** How many more writes find the namespace locked, and say so inside their own error. */
  busy: { writes: number };
};

/** Puts bytes at a path, by the rules of the mode. Throws WriteRefused. */
export function commitFile(account: Account, commit: Commit, bytes: Buffer): FileMetadata {
  mustBeFree(account);
  const { tree } = account;
  const path = targetOf(tree, commit.path);
  const there = tree.at(path);
  if (there?.file != null && isSame(there, bytes) && !commit.strict_conflict) return shown(there);
  const free = freePath(tree, path, commit, there);
  const before = tree.at(free)?.file?.size ?? 0;
  if (tree.used() - before + bytes.length > account.storage.limit)
    throw new WriteRefused(tagged("insufficient_space"));
  const { client_modified: said } = commit;
  return shown(tree.put(free, { bytes, ...(said == null ? {} : { client: Date.parse(said) }) }));
}

/** Identical content writes nothing, whatever the mode. */
const isSame = ({ file }: Entry, bytes: Buffer): boolean => file?.hash === contentHash(bytes);

const shown = ({ file, id, path }: Entry): FileMetadata => {
  if (file === null) throw conflict("folder");
  return fileMetadata({ ...file, id, path });
};

/** Where the file goes: as asked, or beside what is in the way if it may be renamed. */
function freePath(tree: Tree, path: string, commit: Commit, there: Entry | undefined): string {
  const obstacle = obstacleFor(commit, there);
  if (obstacle === null) return path;
  if (!commit.autorename) throw conflict(obstacle);
  return commit.mode[".tag"] === "update"
    ? besides(tree, path, "conflicted copy")
    : nextTo(tree, path);
}

function obstacleFor(
  { mode, strict_conflict }: Commit,
  there: Entry | undefined,
): "file" | "folder" | null {
  // An update whose file is gone writes a new one, unless it is strict about it.
  if (there === undefined) return mode[".tag"] === "update" && strict_conflict ? "file" : null;
  if (there.file === null) return "folder";
  if (mode[".tag"] === "overwrite") return null;
  return mode[".tag"] === "update" && mode.update === there.file.rev ? null : "file";
}

/** The first `name (1).txt`, `name (2).txt` … that is free. */
export function nextTo(tree: Tree, path: string): string {
  let number = 1;
  while (tree.at(marked(path, String(number))) !== undefined) number += 1;
  return marked(path, String(number));
}

function besides(tree: Tree, path: string, mark: string): string {
  const copy = marked(path, mark);
  return tree.at(copy) === undefined ? copy : nextTo(tree, copy);
}

/** The path that a write is meant for, in full. Throws malformed_path or disallowed_name. */
export function targetOf(tree: Tree, text: string): string {
  const path = pathOf(tree, text);
  if (path === "") throw new WriteRefused(tagged("malformed_path"));
  if (isDisallowed(nameOf(path))) throw new WriteRefused(tagged("disallowed_name"));
  return path;
}

function pathOf(tree: Tree, text: string): string {
  try {
    const place = placeOf(text);
    const entry = place.kind === "id" ? tree.byId(place.id) : undefined;
    return place.kind === "path" ? place.path : (entry?.path ?? "");
  } catch (error) {
    if (error instanceof LookupRefused) throw new WriteRefused(tagged("malformed_path"));
    throw error;
  }
}

/** Other writes hold the lock: to be tried again. */
export function mustBeFree({ busy }: Account): void {
  if (busy.writes === 0) return;
  busy.writes -= 1;
  throw new WriteRefused(tagged("too_many_write_operations"));
}
