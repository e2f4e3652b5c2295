import type { Answer, Request } from "../http.ts";
import { type Account, findCalled } from "./access.ts";
import { parseWanted, type Wanted, wantedIn } from "./body.ts";
import type { Call } from "./call.ts";
import { usedBytes } from "./content.ts";
import { badContent, badRequest, errorAnswer, missing, storageFull } from "./errors.ts";
import type { DriveFile } from "./files.ts";
import { UNTYPED } from "./mime-types.ts";
import { boundaryOf, type Part, partsOf } from "./multipart.ts";
import { shownFile } from "./single.ts";
import { createFile, type Upload, updateFile } from "./storing.ts";
import type { UploadSessions } from "./upload-sessions.ts";

/** What goes into one request without a session. */
const LARGEST_SIMPLE = 5 * 1024 * 1024;

/** Uploads at Drive's own address for them: bytes alone, bytes with metadata, or a session for more. */
export function upload(
  account: Account,
  sessions: UploadSessions,
  kind: "create" | "update",
  call: Call,
): Answer {
  const file = kind === "update" ? findCalled(account, call, call.id("fileId")) : null;
  switch (call.text("uploadType")) {
    case "media":
      return stored(account, call, file, {}, wholeOf(call.request));
    case "multipart": {
      const { wanted, content } = relatedOf(call.request, kind);
      return stored(account, call, file, wanted, content);
    }
    case "resumable":
      return begun(account, sessions, call, file);
    case undefined:
      throw missing("uploadType");
    default:
      throw badRequest(`Unsupported upload type: ${call.text("uploadType") ?? ""}`, "uploadType");
  }
}

function stored(
  account: Account,
  call: Call,
  file: DriveFile | null,
  wanted: Wanted,
  content: Upload,
): Answer {
  const written =
    file === null
      ? createFile(account, call, wanted, content)
      : updateFile(account, call, file, wanted, content);
  return shownFile(account, call, written);
}

function wholeOf({ raw, headers }: Request): Upload {
  mustBeSmall(raw);
  return { bytes: raw, type: plain(headers["content-type"]) };
}

function relatedOf(
  request: Request,
  kind: "create" | "update",
): { wanted: Wanted; content: Upload } {
  const type = request.headers["content-type"] ?? "";
  const boundary = boundaryOf(type, "related");
  if (boundary === undefined)
    throw badContent(`Unsupported content with type: ${type}; expected multipart/related.`);
  const [metadata, media, ...more] = partsOf(request.raw, boundary) ?? [];
  if (metadata === undefined || media === undefined || more.length > 0 || !isJson(metadata))
    throw badRequest("Malformed multipart body.");
  const bytes = bytesOf(media);
  mustBeSmall(bytes);
  return {
    wanted: parseWanted(metadata.body.toString("utf8"), kind),
    content: { bytes, type: plain(media.headers["content-type"]) },
  };
}

const isJson = ({ headers }: Part): boolean =>
  (headers["content-type"] ?? "").startsWith("application/json");

const bytesOf = ({ headers, body }: Part): Buffer =>
  headers["content-transfer-encoding"]?.toLowerCase() === "base64"
    ? Buffer.from(body.toString("latin1"), "base64")
    : body;

/** Google says to use a session above this; what it answers to who does not is unverified. */
function mustBeSmall(bytes: Buffer): void {
  if (bytes.length > LARGEST_SIMPLE)
    throw badRequest("The upload is larger than 5 MB; use a resumable upload.", "uploadType");
}

const plain = (type: string | undefined): string => type?.split(";")[0]?.trim() ?? UNTYPED;

/** Metadata and headers say what will come; the answer says where to. */
function begun(
  account: Account,
  sessions: UploadSessions,
  call: Call,
  file: DriveFile | null,
): Answer {
  const { request } = call;
  const wanted = wantedIn(request, file === null ? "create" : "update");
  const [parent] = wanted.parents ?? [];
  if (parent !== undefined) findCalled(account, call, parent);
  const total = announced(request);
  if (total !== null && usedBytes(account) + total > account.storage.limit) throw storageFull();
  const type = request.headers["x-upload-content-type"];
  const id = sessions.begin({
    file: file?.id ?? null,
    wanted,
    type: plain(typeof type === "string" ? type : undefined),
    total,
    query: request.query.toString(),
    who: call.who,
  });
  const location = new URL(request.path, request.origin);
  location.search = new URLSearchParams([...request.query, ["upload_id", id]]).toString();
  const headers = { location: location.href, "x-guploader-uploadid": id };
  return { status: 200, headers, body: "" };
}

function announced({ headers }: Request): number | null {
  const length = headers["x-upload-content-length"];
  if (length === undefined) return null;
  if (!/^\d{1,15}$/.test(String(length)))
    throw badRequest("X-Upload-Content-Length is not a number of bytes.");
  return Number(length);
}

export const noSession = (): Answer =>
  errorAnswer(404, { domain: "global", reason: "notFound", message: "Upload session not found." });
