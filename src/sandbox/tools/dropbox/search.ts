import type { Contents } from "../../contents.ts";
import { badInput, nested, refusing, type Tagged, tagged } from "./errors.ts";
import { findFolder } from "./lookup.ts";
import { deletedMetadata, metadata } from "./metadata.ts";
import { keyOf, nameOf } from "./paths.ts";
import type { Search } from "./shapes.ts";
import type { Entry, Tree } from "./tree.ts";

export type Searching = {
  tree: Tree;
  contents: Contents;
  /** How long a change stays unknown to the search, in milliseconds. */
  lagMs: number;
};

type Match = { path: string; changed: number; shown: Tagged; type: string };
type Result = { matches: object[]; has_more: boolean; cursor?: string };

/** Further pages end here, whatever there is. */
const MOST = 10_000;
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  image: ["png", "jpg", "jpeg", "gif", "svg"],
  document: ["doc", "docx", "txt", "md"],
  pdf: ["pdf"],
  spreadsheet: ["xls", "xlsx", "csv"],
  presentation: ["ppt", "pptx", "key"],
  audio: ["mp3", "wav", "mid"],
  video: ["mov", "wmv", "mp4"],
  paper: ["paper"],
};

export const search = (searching: Searching, arg: Search): Result => pageOf(searching, arg, 0);

export function searchContinue(searching: Searching, cursor: string): Result {
  try {
    const [arg, from] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [Search, number];
    return pageOf(searching, arg, from);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badInput("files/search/continue_v2", 'request body: cursor: Invalid "cursor" parameter');
  }
}

function pageOf(searching: Searching, arg: Search, from: number): Result {
  const all = found(searching, arg).slice(0, MOST);
  const end = from + (arg.options?.max_results ?? 100);
  const cursor = Buffer.from(JSON.stringify([arg, end])).toString("base64url");
  return {
    matches: all.slice(from, end).map(({ shown, type, path }) => ({
      metadata: nested("metadata", shown),
      match_type: tagged(type),
      ...(arg.match_field_options?.include_highlights === true
        ? { highlight_spans: [{ highlight_str: nameOf(path), is_highlighted: true }] }
        : {}),
    })),
    has_more: end < all.length,
    ...(end < all.length ? { cursor } : {}),
  };
}

function found(searching: Searching, arg: Search): Match[] {
  const { tree } = searching;
  const { options } = arg;
  const folder = refusing({ lookup: (error) => nested("path", error) }, () =>
    findFolder(tree, options?.path ?? ""),
  );
  const active = options?.file_status[".tag"] !== "deleted";
  const matches = (active ? entriesFor(searching, arg) : gravesFor(tree, arg)).filter(({ path }) =>
    keyOf(path).startsWith(`${keyOf(folder)}/`),
  );
  if (options?.order_by?.[".tag"] === "last_modified_time")
    return matches.sort((a, b) => b.changed - a.changed);
  return matches.sort((a, b) => (a.type === b.type ? 0 : a.type === "filename" ? -1 : 1));
}

function entriesFor({ tree, contents, lagMs }: Searching, arg: Search): Match[] {
  const before = Date.now() - lagMs;
  return [...tree.all()].flatMap((entry): Match[] => {
    if (entry.changed > before || !isOfKind(entry, arg)) return [];
    const type = matchOf(entry, arg, contents);
    const { path } = entry;
    return type === null ? [] : [{ path, changed: entry.changed, shown: metadata(entry), type }];
  });
}

const gravesFor = (tree: Tree, arg: Search): Match[] =>
  [...tree.gone()].flatMap((grave) =>
    tree.at(grave.path) === undefined && holds(nameOf(grave.path), arg.query)
      ? [{ path: grave.path, changed: grave.at, shown: deletedMetadata(grave), type: "filename" }]
      : [],
  );

/** Each word of the query is the beginning of a word of the name, or stands in a text. */
function matchOf(entry: Entry, { query, options }: Search, contents: Contents): string | null {
  const byName = holds(nameOf(entry.path), query);
  if (options?.filename_only === true || entry.file === null) return byName ? "filename" : null;
  const readable = /\.(txt|md|csv|svg)$/i.test(entry.path);
  const byText = readable && holds(contents.get(entry.file.content).toString("utf8"), query);
  if (byName) return byText ? "filename_and_content" : "filename";
  return byText ? "file_content" : null;
}

function holds(text: string, query: string): boolean {
  const words = keyOf(text).split(/[^\p{L}\p{N}]+/u);
  const wanted = keyOf(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  return wanted.length > 0 && wanted.every((one) => words.some((word) => word.startsWith(one)));
}

function isOfKind({ path, file }: Entry, { options }: Search): boolean {
  const ending = keyOf(nameOf(path)).split(".").at(-1) ?? "";
  const { file_extensions: endings, file_categories: categories } = options ?? {};
  if (endings?.length && !endings.map((one) => one.toLowerCase()).includes(ending)) return false;
  if (!categories?.length) return true;
  return categories.some(({ ".tag": tag }) =>
    tag === "folder" ? file === null : file !== null && categoryOf(ending) === tag,
  );
}

const categoryOf = (ending: string): string =>
  Object.entries(ENDINGS).find(([, endings]) => endings.includes(ending))?.[0] ?? "others";
