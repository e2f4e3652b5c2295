import type { Records } from "../records-page.ts";
import { editEntry } from "./edit.ts";
import { timeOf } from "./metadata.ts";
import { nameOf, parentOf } from "./paths.ts";
import type { Entry, Tree } from "./tree.ts";

/** How a person sees what is in the simulated Dropbox: its files, and its folders. */
export const dropboxRecords = (tree: Tree): [Records, Records] => [
  records(tree, "files", ({ file }) => file !== null),
  records(tree, "folders", ({ file }) => file === null),
];

const records = (tree: Tree, noun: string, belongs: (entry: Entry) => boolean): Records => ({
  tool: "Dropbox",
  object: noun,
  noun,
  columns: ["Name", "Folder", "Bytes", "Revision", "Content hash", "Changed"],
  rows: () =>
    [...tree.all()]
      .filter(belongs)
      .sort((a, b) => b.changed - a.changed)
      .map(({ id, path, file, changed }) => ({
        id,
        faded: false,
        cells: [
          nameOf(path),
          parentOf(path) || "/",
          file === null ? "" : String(file.size),
          file?.rev ?? "",
          file?.hash ?? "",
          timeOf(changed).slice(0, 16).replace("T", " "),
        ],
      })),
  fields(id) {
    const entry = tree.byId(id);
    return entry && [{ name: "path", label: "Path", value: entry.path }];
  },
  save: (id, values) => void editEntry(tree, id, values, null),
  reason: ({ message }) => message,
});
