import type { Answer, Request } from "../http.ts";
import { type Account, findCalled, findFile } from "./access.ts";
import type { Call } from "./call.ts";
import { exported, isEditors } from "./editors.ts";
import { badRequest, errorAnswer, forbidden, scopesMissing } from "./errors.ts";
import type { DriveFile } from "./files.ts";

const LARGEST_EXPORT = 10 * 1024 * 1024;
const READS_CONTENT = ["drive", "drive.file", "drive.readonly"];

/** `GET files/{id}?alt=media`: the bytes, or a stretch of them. */
export function download(account: Account, call: Call): Answer {
  // Scopes for metadata open the method, but not this way.
  if (!call.who.scopes.some((scope) => READS_CONTENT.includes(scope))) throw scopesMissing();
  const file = findCalled(account, call, call.id("fileId"));
  if (file.content === null || isEditors(file.mimeType)) {
    throw forbidden(
      "fileNotDownloadable",
      "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
      "alt",
    );
  }
  return stretch(call.request, account.contents.get(file.content.name), file.mimeType);
}

function stretch(request: Request, bytes: Buffer, type: string): Answer {
  const headers = { "content-type": type, "accept-ranges": "bytes" };
  const { range } = request.headers;
  if (range === undefined) return { status: 200, headers, body: bytes };
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const size = bytes.length;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if ((first === "" && last === "") || from > to) {
    const problem = {
      domain: "global",
      reason: "requestedRangeNotSatisfiable",
      message: "Request range not satisfiable",
    } as const;
    return errorAnswer(416, problem, { "content-range": `bytes */${String(size)}` });
  }
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${String(from)}-${String(to)}/${String(size)}` },
    body: bytes.subarray(from, to + 1),
  };
}

/** `GET files/{id}/export`: an editor's document in another form, up to 10 MB of it. */
export function exportFile(account: Account, call: Call): Answer {
  // The method knows nothing of shared drives and asks for no word about them.
  const file = findFile(account, call.who, call.id("fileId"));
  if (!isEditors(file.mimeType))
    throw forbidden("fileNotExportable", "Export only supports Docs Editors files.");
  const type = call.text("mimeType") ?? "";
  const body = exported(file.mimeType, type, textOf(account, file));
  if (body === undefined)
    throw badRequest("The requested conversion is not supported.", "convertTo");
  if (body.length > LARGEST_EXPORT)
    throw forbidden("exportSizeLimitExceeded", "This file is too large to be exported.");
  return { status: 200, headers: { "content-type": type }, body };
}

export const textOf = ({ contents }: Account, { content }: DriveFile): string =>
  content === null ? "" : contents.get(content.name).toString("utf8");
