import type { z } from "zod";
import type { Shelf } from "../../collection.ts";
import { badInput, nested, refusing, routeError, tagged, type Tagged } from "./errors.ts";
import { findFolder } from "./lookup.ts";
import { deletedMetadata, metadata } from "./metadata.ts";
import { keyOf, parentOf } from "./paths.ts";
import type { listFolder } from "./shapes.ts";
import type { Entry, Gone, Tree } from "./tree.ts";

type Arg = z.output<typeof listFolder>;

/** What a cursor knows: one text for the rest of the list and, once that is read, for what changed. */
type Position = {
  path: string;
  recursive: boolean;
  deleted: boolean;
  undownloadable: boolean;
  limit: number;
  /** Told up to here. */
  after: number;
  /** What happened up to here is the list; later, it is news. */
  began: number;
  made: number;
  epoch: number;
};

export type Cursors = {
  /** How long a cursor is taken, in milliseconds. */
  livesMs: number;
  /** Rises when all cursors are made unknown. */
  epoch: number;
  /** Whether a page may hold one more than was asked for. */
  approximate: boolean;
};

/** Cursors do not end by themselves; Dropbox may make them unknown at any time. */
export function openCursors(shelf: Shelf, approximate: boolean): Cursors {
  const kept = shelf.collection<number>("cursor_epoch");
  return {
    livesMs: Infinity,
    approximate,
    get epoch() {
      return kept.get("now") ?? 0;
    },
    set epoch(value) {
      kept.set("now", value);
    },
  };
}

export type ListResult = { entries: Tagged[]; cursor: string; has_more: boolean };

const USUAL_LIMIT = 500;
const LARGEST_LIMIT = 2000;

const wrongPath = (error: Tagged) => nested("path", error);

export function startList(
  tree: Tree,
  cursors: Cursors,
  arg: Arg,
  from: "now" | "beginning",
): Position {
  if (arg.path === "/") {
    throw badInput(
      "files/list_folder",
      'request body: path: Specify the root folder as an empty string rather than as "/".',
    );
  }
  // There are no shared links here, so none can be followed.
  if (arg.shared_link) throw routeError(nested("path", tagged("not_found")));
  const path = refusing({ lookup: wrongPath }, () => findFolder(tree, arg.path));
  return {
    path,
    recursive: arg.recursive,
    deleted: arg.include_deleted,
    undownloadable: arg.include_non_downloadable_files,
    limit: Math.min(arg.limit ?? USUAL_LIMIT, LARGEST_LIMIT),
    after: from === "now" ? tree.seq : 0,
    began: tree.seq,
    made: Date.now(),
    epoch: cursors.epoch,
  };
}

/** The next entries, in the order in which they are to be applied. */
export function nextPage(tree: Tree, cursors: Cursors, position: Position): ListResult {
  const due = dueAt(tree, position);
  const more =
    cursors.approximate && position.after === 0 && position.limit < LARGEST_LIMIT ? 1 : 0;
  const page = due.slice(0, position.limit + more);
  const last = page.at(-1);
  const has_more = page.length < due.length;
  const after = has_more && last !== undefined ? last.seq : Math.max(tree.seq, position.after);
  return {
    entries: page.map(({ shown }) => shown),
    cursor: cursorOf({ ...position, after, made: Date.now() }),
    has_more,
  };
}

export const hasNews = (tree: Tree, position: Position): boolean =>
  dueAt(tree, position).length > 0;

type Due = { seq: number; shown: Tagged };

function dueAt(tree: Tree, position: Position): Due[] {
  const due: Due[] = [];
  for (const entry of tree.all())
    if (entry.seq > position.after && concerns(entry, position))
      due.push({ seq: entry.seq, shown: metadata(entry) });
  for (const grave of tree.gone())
    if (grave.seq > position.after && tells(tree, grave, position))
      due.push({ seq: grave.seq, shown: deletedMetadata(grave) });
  return due.sort((a, b) => a.seq - b.seq);
}

function concerns(entry: Entry, position: Position): boolean {
  const downloadable = entry.file === null || entry.file.exportAs === null;
  return isWithin(entry.path, position) && (downloadable || position.undownloadable);
}

/** News are all that went, without what went along with its folder; a list has them if asked. */
function tells(tree: Tree, grave: Gone, position: Position): boolean {
  if (!isWithin(grave.path, position)) return false;
  if (grave.seq > position.began) return !grave.implied;
  return position.deleted && tree.at(grave.path) === undefined;
}

/** A recursive list begins with the folder itself (unverified). */
function isWithin(path: string, { path: folder, recursive }: Position): boolean {
  const [key, within] = [keyOf(path), keyOf(folder)];
  return recursive
    ? key.startsWith(`${within}/`) || key === within
    : keyOf(parentOf(path)) === within;
}

const cursorOf = (position: Position): string =>
  `AA${Buffer.from(JSON.stringify(position)).toString("base64url")}`;

/** Where a cursor stands. Throws a reset for one that is too old, and a 400 for one that never was. */
export function positionAt(cursors: Cursors, name: string, cursor: string): Position {
  const position = decoded(cursor);
  if (position === null)
    throw badInput(name, 'request body: cursor: Invalid "cursor" parameter: malformed cursor');
  if (position.epoch !== cursors.epoch || position.made + cursors.livesMs <= Date.now())
    throw routeError(tagged("reset"));
  return position;
}

function decoded(cursor: string): Position | null {
  try {
    const value = JSON.parse(
      Buffer.from(cursor.slice(2), "base64url").toString("utf8"),
    ) as Position;
    return cursor.startsWith("AA") && typeof value.after === "number" ? value : null;
  } catch {
    return null;
  }
}

/** The rest of a list, or what changed since it ended. */
export function continueList(tree: Tree, cursors: Cursors, cursor: string): ListResult {
  const position = positionAt(cursors, "files/list_folder/continue", cursor);
  refusing({ lookup: wrongPath }, () => findFolder(tree, position.path));
  return nextPage(tree, cursors, position);
}
