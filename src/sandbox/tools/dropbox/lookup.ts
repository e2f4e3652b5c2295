import { LookupRefused } from "./errors.ts";
import { placeOf } from "./paths.ts";
import type { Entry, Kept, Tree } from "./tree.ts";

/** What stands at a path or has an id now. Throws not_found or malformed_path. */
export function findEntry(tree: Tree, text: string): Entry {
  const place = placeOf(text);
  if (place.kind === "rev") throw new LookupRefused("not_found");
  const entry = place.kind === "id" ? tree.byId(place.id) : tree.at(place.path);
  if (entry === undefined) throw new LookupRefused("not_found");
  return entry;
}

/** A file's bytes, also those it had before, by `rev:`. Throws not_file for a folder. */
export function findRevision(tree: Tree, text: string): Kept {
  const place = placeOf(text);
  const kept = place.kind === "rev" ? tree.byRev(place.rev) : undefined;
  if (kept !== undefined) return kept;
  const entry = findEntry(tree, text);
  if (entry.file === null) throw new LookupRefused("not_file");
  return { ...entry.file, id: entry.id, path: entry.path };
}

/** The folder to be listed, by its path; "" is the top. Throws not_folder for a file. */
export function findFolder(tree: Tree, text: string): string {
  const place = placeOf(text);
  if (place.kind === "path" && place.path === "") return "";
  const entry = findEntry(tree, text);
  if (entry.file !== null) throw new LookupRefused("not_folder");
  return entry.path;
}
