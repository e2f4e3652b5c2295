import { metadata } from "./metadata.ts";
import { keyOf, nameOf, parentOf } from "./paths.ts";
import type { Entry, Tree } from "./tree.ts";

const KEYS = ["path", "name", "content", "deleted"];

/**
 * What a person does to a file by hand, by id or path: `content` (a text), `path` or `name` to move
 * it, `deleted`. No id makes a file, or a folder where that is the object.
 */
export function editEntry(
  tree: Tree,
  id: string | null,
  set: Record<string, unknown>,
  object: string | null,
): unknown {
  const unknown = Object.keys(set).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw new Error(`A file has no "${unknown}"; it may have ${KEYS.join(", ")}.`);
  if (id === null) return metadata(made(tree, set, object));
  const entry = tree.byId(id) ?? tree.at(id);
  if (entry === undefined) throw new Error(`There is no file ${id}.`);
  if (set["deleted"] === true) {
    tree.remove(entry);
    return { deleted: entry.id };
  }
  return metadata(written(tree, moved(tree, entry, set), set));
}

function made(tree: Tree, set: Record<string, unknown>, object: string | null): Entry {
  const path = String(set["path"] ?? "");
  if (!path.startsWith("/") || tree.at(path) !== undefined)
    throw new Error('"path" is one that is free, as in /Letters/a.txt.');
  if (object === "folders") return tree.makeFolder(path);
  return tree.put(path, { bytes: Buffer.from(String(set["content"] ?? "")) });
}

function moved(tree: Tree, entry: Entry, { path, name }: Record<string, unknown>): Entry {
  if (path === undefined && name === undefined) return entry;
  const to = path === undefined ? `${parentOf(entry.path)}/${String(name)}` : String(path);
  if (to === entry.path) return entry;
  // To change capitals alone is nothing that anybody is told.
  if (keyOf(to) === keyOf(entry.path)) return tree.respell(entry, nameOf(to));
  if (tree.at(to) !== undefined) throw new Error(`${to} is taken.`);
  return tree.move(entry, to);
}

function written(tree: Tree, entry: Entry, { content }: Record<string, unknown>): Entry {
  if (content === undefined) return entry;
  if (entry.file === null) throw new Error("A folder has no content.");
  return tree.put(entry.path, { bytes: Buffer.from(String(content)) });
}
