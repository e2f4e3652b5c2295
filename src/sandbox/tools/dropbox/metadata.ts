import { type Tagged, tagged } from "./errors.ts";
import { keyOf, nameOf } from "./paths.ts";
import type { Entry, Gone, Kept } from "./tree.ts";

/** To the second, as Dropbox has it everywhere. */
export const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const pathsOf = (path: string) => ({
  name: nameOf(path),
  path_lower: keyOf(path),
  path_display: path,
});

export type FileMetadata = ReturnType<typeof fileMetadata>;

export const fileMetadata = ({ id, path, ...revision }: Kept) => ({
  ...pathsOf(path),
  id,
  client_modified: timeOf(revision.client),
  server_modified: timeOf(revision.server),
  rev: revision.rev,
  size: revision.size,
  is_downloadable: revision.exportAs === null,
  ...(revision.exportAs === null
    ? { content_hash: revision.hash }
    : { export_info: { export_as: revision.exportAs, export_options: [revision.exportAs] } }),
});

export const folderMetadata = ({ id, path }: Entry) => ({ ...pathsOf(path), id });

/** Where a file or a folder may stand, the tag says which it is. */
export const metadata = (entry: Entry): Tagged =>
  entry.file === null
    ? tagged("folder", folderMetadata(entry))
    : tagged("file", fileMetadata({ ...entry.file, id: entry.id, path: entry.path }));

/** What is gone has no id any more, only the path it had. */
export const deletedMetadata = ({ path }: Gone): Tagged => tagged("deleted", pathsOf(path));
