import type { z } from "zod";
import { type Account, commitFile } from "./commit.ts";
import { nested, refusing, routeError, type Tagged, tagged, WriteRefused } from "./errors.ts";
import type { FileMetadata } from "./metadata.ts";
import { isBlocks, isWhole, type Session, type Sessions } from "./sessions.ts";
import type * as shapes from "./shapes.ts";
import { mustHaveNoProperties, mustMatch } from "./uploads.ts";

type Arg<Shape extends z.ZodType> = z.output<Shape>;

export function startSession(
  sessions: Sessions,
  arg: Arg<typeof shapes.sessionStart>,
  bytes: Buffer,
): { session_id: string } {
  const kind = arg.session_type?.[".tag"] ?? "sequential";
  if (kind === "concurrent" && bytes.length > 0)
    throw routeError(tagged("concurrent_session_data_not_allowed"));
  if (kind === "concurrent" && arg.close)
    throw routeError(tagged("concurrent_session_close_not_allowed"));
  mustMatch(arg.content_hash, bytes);
  const session_id = sessions.begin(kind);
  sessions.append(session_id, 0, bytes, arg.close);
  return { session_id };
}

export function appendToSession(
  sessions: Sessions,
  arg: Arg<typeof shapes.sessionAppend>,
  bytes: Buffer,
): null {
  mustMatch(arg.content_hash, bytes);
  const problem = added(sessions, arg.cursor, bytes, arg.close);
  if (problem !== null) throw routeError(problem);
  return null;
}

function added(
  sessions: Sessions,
  { session_id, offset }: shapes.SessionCursor,
  bytes: Buffer,
  close: boolean,
): Tagged | null {
  const problem = sessions.problem(session_id, offset, bytes.length);
  if (problem !== null) return problem;
  const concurrent = sessions.get(session_id)?.kind === "concurrent";
  if (concurrent && !close && !isBlocks(bytes.length))
    return tagged("concurrent_session_invalid_data_size");
  sessions.append(session_id, offset, bytes, close);
  return null;
}

/** Pieces of several files in one body; each is added or not, by itself. */
export function appendBatch(
  sessions: Sessions,
  arg: Arg<typeof shapes.sessionAppendBatch>,
  body: Buffer,
): { entries: Tagged[] } {
  mustMatch(arg.content_hash, body);
  const total = arg.entries.reduce((sum, { length }) => sum + length, 0);
  if (total !== body.length) throw routeError(tagged("length_mismatch"));
  let at = 0;
  const entries = arg.entries.map(({ cursor, length, close }) => {
    const problem = added(sessions, cursor, body.subarray(at, at + length), close);
    at += length;
    return problem === null ? tagged("success") : nested("failure", problem);
  });
  return { entries };
}

/** `finish`: the last bytes, and the file is there. */
export function finishSession(
  account: Account,
  sessions: Sessions,
  arg: Arg<typeof shapes.sessionFinish>,
  bytes: Buffer,
): FileMetadata {
  const { cursor, commit } = arg;
  mustMatch(arg.content_hash, bytes);
  mustHaveNoProperties(commit);
  const problem = problemAtEnd(sessions, cursor, bytes.length);
  if (problem !== null) throw routeError(problem);
  if (bytes.length > 0) sessions.append(cursor.session_id, cursor.offset, bytes, false);
  return refusing({ write: (error) => nested("path", error) }, () =>
    commitFile(account, commit, sessions.bytes(cursor.session_id)),
  );
}

/** A closed session may still be committed; what is missing is told with the right offset. */
function problemAtEnd(
  sessions: Sessions,
  { session_id, offset }: shapes.SessionCursor,
  length: number,
): Tagged | null {
  const session = sessions.get(session_id);
  if (session === undefined) return failed(tagged("not_found"));
  if (session.kind === "concurrent") return concurrentProblem(session, length);
  if (offset !== session.received)
    return failed(tagged("incorrect_offset", { correct_offset: session.received }));
  return session.closed && length > 0 ? failed(tagged("closed")) : null;
}

const failed = (error: Tagged): Tagged => nested("lookup_failed", error);

function concurrentProblem(session: Session, length: number): Tagged | null {
  if (length > 0) return tagged("concurrent_session_data_not_allowed");
  if (!session.closed) return tagged("concurrent_session_not_closed");
  return isWhole(session) ? null : tagged("concurrent_session_missing_data");
}

/** Many sessions, which have to be closed, become files at once; each succeeds or fails by itself. */
export function finishBatch(
  account: Account,
  sessions: Sessions,
  { entries }: Arg<typeof shapes.sessionFinishBatch>,
): { entries: Tagged[] } {
  return {
    entries: entries.map(({ cursor, commit }) => {
      const problem = problemAtEnd(sessions, cursor, 0);
      const open = sessions.get(cursor.session_id)?.closed === false;
      if (problem !== null) return nested("failure", problem);
      if (open) return nested("failure", failed(tagged("not_closed")));
      try {
        const file = commitFile(account, commit, sessions.bytes(cursor.session_id));
        return tagged("success", file);
      } catch (error) {
        if (!(error instanceof WriteRefused)) throw error;
        return nested("failure", nested("path", error.error));
      }
    }),
  };
}

export const startBatch = (
  sessions: Sessions,
  arg: Arg<typeof shapes.sessionStartBatch>,
): { session_ids: string[] } => ({
  session_ids: Array.from({ length: arg.num_sessions }, () =>
    sessions.begin(arg.session_type?.[".tag"] ?? "sequential"),
  ),
});
