import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Contents } from "../../contents.ts";
import type { Answer, Request, Route } from "../http.ts";
import type { Download } from "./api.ts";
import { badInput, LookupRefused, nested, refusing, routeError, tagged, type Tagged } from "./errors.ts"; // prettier-ignore
import { findEntry, findRevision } from "./lookup.ts";
import { deletedMetadata, fileMetadata, metadata, timeOf } from "./metadata.ts";
import { keyOf } from "./paths.ts";
import type * as shapes from "./shapes.ts";
import type { Entry, Kept, Tree } from "./tree.ts";

type Arg<Shape extends z.ZodType> = z.output<Shape>;

const wrongPath = { lookup: (error: Tagged) => nested("path", error) };

export function getMetadata(tree: Tree, arg: Arg<typeof shapes.getMetadata>): Tagged {
  if (arg.path === "/")
    throw badInput("files/get_metadata", "request body: path: The root folder is unsupported.");
  return refusing(wrongPath, () => {
    if (arg.path.startsWith("rev:"))
      return tagged("file", fileMetadata(findRevision(tree, arg.path)));
    try {
      return metadata(findEntry(tree, arg.path));
    } catch (error) {
      if (!(error instanceof LookupRefused) || !arg.include_deleted) throw error;
      const grave = [...tree.gone()].findLast(({ path }) => keyOf(path) === keyOf(arg.path));
      if (grave === undefined) throw error;
      return deletedMetadata(grave);
    }
  });
}

export function download(
  tree: Tree,
  contents: Contents,
  arg: Arg<typeof shapes.download>,
  { headers }: Request,
): Download {
  const found = downloadable(tree, arg.rev == null ? arg.path : `rev:${arg.rev}`);
  const whole = contents.get(found.content);
  const result = fileMetadata(found);
  const etag = { etag: `W/"${found.rev}"`, "accept-ranges": "bytes" };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (from === undefined || Number(from) >= whole.length)
    return { result, bytes: whole, headers: etag };
  const end = to === "" || to === undefined ? whole.length : Math.min(Number(to) + 1, whole.length);
  const range = `bytes ${from}-${String(end - 1)}/${String(whole.length)}`;
  return {
    result,
    bytes: whole.subarray(Number(from), end),
    headers: { ...etag, "content-range": range },
  };
}

function downloadable(tree: Tree, path: string): Kept {
  const found = refusing(wrongPath, () => findRevision(tree, path));
  if (found.exportAs !== null) throw routeError(tagged("unsupported_file"));
  return found;
}

export function listRevisions(tree: Tree, arg: Arg<typeof shapes.listRevisions>) {
  const latest = refusing(wrongPath, () => latestAt(tree, arg.path));
  const all = tree.revisions((kept) =>
    arg.mode[".tag"] === "id" ? kept.id === latest.id : keyOf(kept.path) === keyOf(latest.path),
  );
  if (arg.before_rev != null && arg.mode[".tag"] === "id")
    throw routeError(tagged("before_rev_not_supported"));
  const before = arg.before_rev == null ? -1 : all.findIndex(({ rev }) => rev === arg.before_rev);
  if (arg.before_rev != null && before < 0) throw routeError(tagged("invalid_before_rev"));
  const due = all.slice(before + 1);
  const grave = [...tree.gone()].findLast(({ entry }) => entry.id === latest.id);
  const isDeleted = tree.at(latest.path) === undefined;
  return {
    is_deleted: isDeleted,
    ...(isDeleted && grave !== undefined ? { server_deleted: timeOf(grave.at) } : {}),
    entries: due.slice(0, arg.limit).map(fileMetadata),
    has_more: due.length > arg.limit,
  };
}

/** The file that is, or was last, at a path. */
function latestAt(tree: Tree, path: string): Entry {
  const last = [...tree.gone()].findLast((grave) => keyOf(grave.path) === keyOf(path));
  const entry =
    last !== undefined && tree.at(path) === undefined ? last.entry : findEntry(tree, path);
  if (entry.file === null) throw new LookupRefused("not_file");
  return entry;
}

type Link = { rev: string; ends: number };

export type Links = {
  make(path: string, origin: string): { metadata: unknown; link: string };
  route: Route;
  /** In milliseconds. */
  livesMs: number;
};

const FOUR_HOURS_MS = 4 * 3_600_000;

/** Links to a file's bytes for who has no token; they end, and then the answer is 410. */
export function openLinks(tree: Tree, contents: Contents): Links {
  const links = new Map<string, Link>();
  const self: Links = {
    livesMs: FOUR_HOURS_MS,
    make(path, origin) {
      const found = downloadable(tree, path);
      const id = randomBytes(24).toString("base64url");
      links.set(id, { rev: found.rev, ends: Date.now() + self.livesMs });
      return { metadata: fileMetadata(found), link: `${origin}/cd/0/get/${id}/file` };
    },
    route: {
      method: "GET",
      path: "/cd/0/get/:id/file",
      handle({ params }): Answer {
        const link = links.get(params["id"] ?? "");
        const kept = link === undefined ? undefined : tree.byRev(link.rev);
        const text = { "content-type": "text/plain; charset=utf-8" };
        if (link === undefined || kept === undefined)
          return { status: 404, headers: text, body: "Not Found" };
        if (link.ends <= Date.now()) return { status: 410, headers: text, body: "Gone" };
        const headers = { "content-type": "application/octet-stream" };
        return { status: 200, headers, body: contents.get(kept.content) };
      },
    },
  };
  return self;
}
