import { LookupRefused } from "./errors.ts";

/** The account's one namespace, by which a path may begin: `ns:2045117777/Letters`. */
export const NAMESPACE = "2045117777";
const LONGEST_NAME = 255;

export type Place =
  { kind: "path"; path: string } | { kind: "id"; id: string } | { kind: "rev"; rev: string };

/** What a path argument points at. Throws malformed_path where no path can look like it. */
export function placeOf(text: string): Place {
  if (text.startsWith("id:")) return { kind: "id", id: text };
  if (text.startsWith("rev:")) return { kind: "rev", rev: text.slice(4) };
  const [, namespace, rest = ""] = /^ns:(\d+)(\/.*)?$/s.exec(text) ?? [];
  if (namespace !== undefined && namespace !== NAMESPACE) throw new LookupRefused("not_found");
  const path = namespace === undefined ? text : rest;
  const names = path.split("/").slice(1);
  if (names.some(isNoName)) throw new LookupRefused("malformed_path");
  return { kind: "path", path };
}

const isNoName = (name: string): boolean =>
  ["", ".", ".."].includes(name) || name.length > LONGEST_NAME;

/** By which a path is found: capitals and how marks are composed make no difference. */
export const keyOf = (path: string): string => path.normalize("NFC").toLowerCase();

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Files that every system makes for itself; Dropbox takes none of them. */
const DISALLOWED = ["desktop.ini", "thumbs.db", ".ds_store", "icon\r", ".dropbox", ".dropbox.attr"];

export const isDisallowed = (name: string): boolean => DISALLOWED.includes(name.toLowerCase());

/** `name.txt` with a mark before its ending. */
export function marked(path: string, mark: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  return `${parentOf(path)}/${stem} (${mark})${ending}`;
}
