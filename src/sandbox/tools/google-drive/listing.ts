import { createHash } from "node:crypto";
import type { Answer } from "../http.ts";
import { type Account, isVisible } from "./access.ts";
import { type Call, knowsDrives } from "./call.ts";
import { textOf } from "./download.ts";
import { badRequest, driveNotFound, invalidValue } from "./errors.ts";
import type { DriveFile } from "./files.ts";
import { orderOf } from "./ordering.ts";
import { rootOf, SHARED_DRIVE } from "./principals.ts";
import { hasText, matches } from "./query.ts";
import { parseQuery } from "./query-syntax.ts";
import { fileResource } from "./resource.ts";
import { fileListShape } from "./shapes.ts";

const LARGEST_PAGE = 1000;
const USUAL_PAGE = 100;

export type Listing = {
  /** How long a page token is taken, in milliseconds. */
  tokenMs: number;
  /** A search over several drives that does not reach all of them. */
  incomplete: boolean;
  /** Whether a page may hold fewer files than it could. */
  partial: boolean;
};

/** `GET files`: all that fit, trashed ones too unless the query says otherwise. */
export function listFiles(account: Account, listing: Listing, call: Call): Answer {
  const { who } = call;
  const corpora = corporaOf(call);
  const said = call.text("q");
  const query = said === undefined || said.trim() === "" ? null : parseQuery(said);
  const order = orderOf(call.text("orderBy"), query);
  const around = {
    isTrashed: (file: DriveFile) => account.files.isTrashed(file),
    textOf: (file: DriveFile) => (hasText(file) ? textOf(account, file) : ""),
    resolve: (id: string) => (id === "root" ? rootOf(who.own) : id),
    email: who.person.emailAddress,
    app: who.app,
  };
  const found = [...account.files.all()].filter(
    (file) =>
      file.parent !== null &&
      corpora.includes(file.corpus) &&
      isVisible(file, who) &&
      (query === null || matches(query, file, around)),
  );
  const from = positionOf(call, listing);
  const size = pageSize(call, corpora, found.length);
  // A page may be half empty although there are more; only the token tells that it was the last.
  const taken = listing.partial && from > 0 ? Math.max(1, Math.ceil(size / 2)) : size;
  const page = found.sort(order).slice(from, from + taken);
  const next = from + page.length;
  return call.shown(
    {
      kind: "drive#fileList",
      ...(next < found.length ? { nextPageToken: tokenFor(call, next) } : {}),
      incompleteSearch: listing.incomplete && corpora.length > 1,
      files: page.map((file) => fileResource(file, who, account.files)),
    },
    fileListShape,
    "kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)",
  );
}

/** Which parts of Drive are searched. Rules as told in the discovery document; reasons unverified. */
function corporaOf(call: Call): string[] {
  const corpora = call.text("corpora") ?? call.text("corpus") ?? "user";
  if (!["user", "domain", "drive", "allDrives"].includes(corpora)) throw invalidValue("corpora");
  if ((call.text("spaces") ?? "drive") !== "drive") throw invalidValue("spaces");
  const all = asksForDrives(call);
  mustAskForDrives(call, all, ["drive", "allDrives"].includes(corpora));
  const driveId = driveIdOf(call);
  if ((corpora === "drive") !== (driveId !== undefined)) {
    throw badRequest(
      "The driveId parameter must be specified if and only if corpora is set to drive.",
      "driveId",
    );
  }
  if (driveId !== undefined) return [driveId];
  return all ? [call.who.own, SHARED_DRIVE] : [call.who.own];
}

/** The shared drive that is named; one that the caller does not know of is not found. */
export function driveIdOf(call: Call): string | undefined {
  const id = call.text("driveId") ?? call.text("teamDriveId");
  if (id !== undefined && id !== SHARED_DRIVE) throw driveNotFound(id);
  return id;
}

export const asksForDrives = (call: Call): boolean =>
  call.flag("includeItemsFromAllDrives") || call.flag("includeTeamDriveItems");

/** Who wants files of shared drives has to say twice that it knows of them. */
export function mustAskForDrives(call: Call, all: boolean, wanted: boolean): void {
  if (wanted && !all) {
    throw badRequest(
      "The includeItemsFromAllDrives parameter must be set to true to search shared drives.",
      "includeItemsFromAllDrives",
    );
  }
  if (all && !knowsDrives(call)) {
    throw badRequest(
      "The supportsAllDrives parameter must be set to true when includeItemsFromAllDrives is.",
      "supportsAllDrives",
    );
  }
}

/** Unsaid, it is 100 in shared drives, but everything in My Drive (as the discovery document says). */
function pageSize(call: Call, corpora: readonly string[], all: number): number {
  const said = call.count("pageSize", LARGEST_PAGE);
  if (said !== undefined) return Math.min(said, LARGEST_PAGE);
  return corpora.includes(SHARED_DRIVE) ? USUAL_PAGE : Math.max(all, 1);
}

/** A token belongs to one search and lives for some hours; a later page of another is refused. */
const searchOf = (call: Call): string =>
  createHash("sha256")
    .update(
      JSON.stringify(
        ["q", "orderBy", "corpora", "driveId", "spaces"].map((name) => call.text(name)),
      ),
    )
    .digest("base64url")
    .slice(0, 16);

const tokenFor = (call: Call, from: number): string =>
  `~!!~${Buffer.from(JSON.stringify([from, searchOf(call), Date.now()])).toString("base64url")}`;

function positionOf(call: Call, { tokenMs }: Listing): number {
  const token = call.text("pageToken");
  if (token === undefined || token === "") return 0;
  const refused = () => invalidValue("pageToken");
  try {
    const [from, search, made] = JSON.parse(
      Buffer.from(token.slice(4), "base64url").toString(),
    ) as [number, string, number];
    if (search !== searchOf(call) || made + tokenMs < Date.now()) throw refused();
    return from;
  } catch {
    throw refused();
  }
}
