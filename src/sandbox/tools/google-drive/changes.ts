import type { Answer } from "../http.ts";
import { type Account, isVisible } from "./access.ts";
import type { Call } from "./call.ts";
import type { ChangeLog, Entry, Feed } from "./change-log.ts";
import { gone, invalidValue } from "./errors.ts";
import { asksForDrives, driveIdOf, mustAskForDrives } from "./listing.ts";
import { seesAll, SHARED_DRIVE } from "./principals.ts";
import { fileResource, timeOf } from "./resource.ts";
import { changeListShape, startTokenShape } from "./shapes.ts";

const LARGEST_PAGE = 1000;
const USUAL_PAGE = 100;

export type ChangeFeeds = {
  log: ChangeLog;
  /** What is said to a token from before the log was forgotten; both have been seen. */
  forgotten: "invalid" | "gone";
};

/** A shared drive's feed is its own: a token of one says nothing in another. */
export function feedOf(call: Call): Feed {
  if (driveIdOf(call) === undefined) return call.who.own;
  mustAskForDrives(call, true, false);
  return SHARED_DRIVE;
}

export function startPageToken({ log }: ChangeFeeds, call: Call): Answer {
  const token = String(log.next(feedOf(call)));
  return call.shown({ kind: "drive#startPageToken", startPageToken: token }, startTokenShape, "*");
}

/** Where a token begins; one that this feed never gave out is refused. */
export function positionIn({ log, forgotten }: ChangeFeeds, call: Call): number {
  const token = call.text("pageToken") ?? "";
  const feed = feedOf(call);
  const seq = /^\d{1,15}$/.test(token) ? Number(token) : NaN;
  if (seq >= log.oldest(feed) && seq <= log.next(feed)) return seq;
  if (forgotten === "gone" && seq < log.oldest(feed)) throw gone("pageToken");
  throw invalidValue("pageToken");
}

/** `GET changes`: one page, with a token for the next one or, on the last, for next time. */
export function listChanges(account: Account, feeds: ChangeFeeds, call: Call): Answer {
  const feed = feedOf(call);
  const all = asksForDrives(call);
  mustAskForDrives(call, all, feed === SHARED_DRIVE);
  const position = positionIn(feeds, call);
  const size = Math.min(call.count("pageSize", LARGEST_PAGE) ?? USUAL_PAGE, LARGEST_PAGE);
  const due = feeds.log
    .since(feed, position)
    .filter((entry) => concerns(entry, call, all || feed === SHARED_DRIVE));
  const page = due.slice(0, size);
  const last = page.at(-1);
  const more = due.length > page.length && last !== undefined;
  return call.shown(
    {
      kind: "drive#changeList",
      ...(more
        ? { nextPageToken: String(last.seq + 1) }
        : { newStartPageToken: String(feeds.log.next(feed)) }),
      changes: page.map((entry) => changeResource(account, call, entry)),
    },
    changeListShape,
    "kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,file(kind,id,name,mimeType))",
  );
}

function concerns(entry: Entry, call: Call, shared: boolean): boolean {
  if (entry.corpus === SHARED_DRIVE && (!shared || call.flag("restrictToMyDrive"))) return false;
  if (entry.removed && call.text("includeRemoved") === "false") return false;
  return seesAll(call.who) || entry.app === call.who.app;
}

/** Gone for good, or out of sight, is `removed` and comes without the file; trash is not. */
function changeResource({ files }: Account, call: Call, entry: Entry): Record<string, unknown> {
  const file = files.get(entry.file);
  const told = !entry.removed || call.flag("includeCorpusRemovals");
  const shown = told && file !== undefined && isVisible(file, call.who) ? file : undefined;
  return {
    kind: "drive#change",
    type: "file",
    changeType: "file",
    time: timeOf(entry.at),
    removed: entry.removed || shown === undefined,
    fileId: entry.file,
    file: shown === undefined ? undefined : fileResource(shown, call.who, files),
  };
}
