import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Contents } from "../../contents.ts";
import { type Tagged, tagged } from "./errors.ts";

export type SessionKind = "sequential" | "concurrent";

/** A file on its way. `pieces` are the stretches that have come, for one whose come in any order. */
export type Session = {
  kind: SessionKind;
  received: number;
  pieces: [from: number, to: number][];
  closed: boolean;
  begun: number;
};

export type Sessions = {
  begin(kind: SessionKind): string;
  /** Bytes that came whole but could not be saved where they were meant for. */
  keep(bytes: Buffer): string;
  get(id: string): Session | undefined;
  /** What is wrong with adding so many bytes there; null where nothing is. */
  problem(id: string, offset: number, length: number): Tagged | null;
  /** Adds bytes that `problem` has nothing against. */
  append(id: string, offset: number, bytes: Buffer, close: boolean): void;
  bytes(id: string): Buffer;
  /** In milliseconds. */
  livesMs: number;
};

const WEEK_MS = 7 * 86_400_000;
const BLOCK = 4 * 1024 * 1024;
const LARGEST = 2_199_019_061_248;

/** Upload sessions; they outlive a restart, and may be committed again until they end by themselves. */
export function openSessions(shelf: Shelf, contents: Contents): Sessions {
  const kept = shelf.collection<Session>("upload_sessions");

  function begin(kind: SessionKind): string {
    const id = `pid_upload_session:${randomBytes(40).toString("base64url")}`;
    kept.set(id, { kind, received: 0, pieces: [], closed: false, begun: Date.now() });
    return id;
  }

  const self: Sessions = {
    livesMs: WEEK_MS,
    begin,
    keep(bytes) {
      const id = begin("sequential");
      self.append(id, 0, bytes, true);
      return id;
    },
    get(id) {
      const session = kept.get(id);
      if (session === undefined || session.begun + self.livesMs > Date.now()) return session;
      contents.parts.drop(id);
      kept.delete(id);
      return undefined;
    },
    problem(id, offset, length) {
      const session = self.get(id);
      if (session === undefined) return tagged("not_found");
      if (session.closed) return tagged("closed");
      if (offset + length > LARGEST) return tagged("too_large");
      if (session.kind === "concurrent")
        return offset % BLOCK === 0 ? null : tagged("concurrent_session_invalid_offset");
      return offset === session.received
        ? null
        : tagged("incorrect_offset", { correct_offset: session.received });
    },
    append(id, offset, bytes, close) {
      const session = kept.get(id);
      if (session === undefined) return;
      contents.parts.write(id, offset, bytes);
      const end = offset + bytes.length;
      kept.set(id, {
        ...session,
        received: Math.max(session.received, end),
        pieces: bytes.length === 0 ? session.pieces : [...session.pieces, [offset, end]],
        closed: session.closed || close,
      });
    },
    bytes: (id) => contents.parts.read(id),
  };
  return self;
}

/** Whether the pieces cover everything up to the end, in whatever order they came. */
export function isWhole({ pieces, received }: Session): boolean {
  let covered = 0;
  for (const [from, to] of [...pieces].sort(([a], [b]) => a - b))
    if (from <= covered) covered = Math.max(covered, to);
  return covered === received;
}

/** Of a session whose pieces come in any order, only the last may be of another size than blocks. */
export const isBlocks = (length: number): boolean => length % BLOCK === 0;
