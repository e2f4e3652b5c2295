import type { Answer, Request } from "../http.ts";
import { type Account, findFile } from "./access.ts";
import { callOf } from "./call.ts";
import { badRequest } from "./errors.ts";
import type { DriveFile } from "./files.ts";
import { shownFile } from "./single.ts";
import { createFile, updateFile } from "./storing.ts";
import type { Session, UploadSessions } from "./upload-sessions.ts";
import { noSession } from "./uploads.ts";

const CHUNK = 262_144;

/** `PUT` to a session's address: more bytes, or the question how many have come. It needs no token. */
export function putChunk(account: Account, sessions: UploadSessions, request: Request): Answer {
  const id = request.query.get("upload_id") ?? "";
  const session = sessions.get(id);
  if (session === undefined) return noSession();
  if (session.done !== null) {
    const file = account.files.get(session.done);
    return file === undefined ? noSession() : shownTo(account, session, file);
  }
  const said = rangeOf(request, session);
  if (said.kind === "question") return soFar(session);
  const { from, total } = said;
  if (from > session.received) {
    throw badRequest(
      `Invalid request.  According to the Content-Range header, the upload offset is ${String(from)} byte(s), which exceeds already uploaded size of ${String(session.received)} byte(s).`,
    );
  }
  // Bytes that had come already are not taken again.
  const fresh = request.raw.subarray(session.received - from);
  const complete = total !== null && session.received + fresh.length === total;
  const after = sessions.append(
    id,
    { ...session, total },
    complete ? fresh : whole(fresh, session),
  );
  return complete ? finished(account, sessions, id, after) : soFar(after);
}

/** Of a chunk that is not the last, only full blocks of 256 KB are kept; the Range tells. */
function whole(fresh: Buffer, { received }: Session): Buffer {
  const end = Math.floor((received + fresh.length) / CHUNK) * CHUNK;
  return fresh.subarray(0, Math.max(0, end - received));
}

type Said = { kind: "question" } | { kind: "bytes"; from: number; total: number | null };

function rangeOf({ headers, raw }: Request, session: Session): Said {
  const header = headers["content-range"];
  if (header === undefined) return bytes(0, raw.length, session);
  const [, first, last, size = ""] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header) ?? [];
  if (size === "") throw badRequest("Failed to parse Content-Range header.");
  const total = size === "*" ? session.total : Number(size);
  // An empty file comes complete with "bytes */0".
  if (first === undefined) return total === 0 ? bytes(0, 0, session) : { kind: "question" };
  if (Number(last) - Number(first) + 1 !== raw.length || Number(last) >= (total ?? Infinity))
    throw badRequest("The Content-Range header does not fit the content.");
  return bytes(Number(first), total, session);
}

function bytes(from: number, total: number | null, session: Session): Said {
  if (session.total !== null && session.total !== total)
    throw badRequest("The size differs from what was said when the upload began.");
  return { kind: "bytes", from, total };
}

function soFar({ received }: Session): Answer {
  const range = received === 0 ? {} : { range: `bytes=0-${String(received - 1)}` };
  return { status: 308, headers: range, body: "" };
}

function finished(
  account: Account,
  sessions: UploadSessions,
  id: string,
  session: Session,
): Answer {
  const call = callIn(session);
  const content = { bytes: sessions.bytes(id), type: session.type };
  const file =
    session.file === null
      ? createFile(account, call, session.wanted, content)
      : updateFile(
          account,
          call,
          findFile(account, session.who, session.file),
          session.wanted,
          content,
        );
  sessions.finish(id, session, file.id);
  return shownFile(account, call, file);
}

const shownTo = (account: Account, session: Session, file: DriveFile): Answer =>
  shownFile(account, callIn(session), file);

/** The call that began the session, as far as its end depends on it. */
const callIn = ({ query, who }: Session) =>
  callOf(
    {
      method: "PUT",
      path: "",
      query: new URLSearchParams(query),
      headers: {},
      body: "",
      raw: Buffer.alloc(0),
      params: {},
      origin: "",
    },
    who,
  );
