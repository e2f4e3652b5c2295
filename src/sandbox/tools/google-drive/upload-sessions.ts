import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Contents } from "../../contents.ts";
import type { Wanted } from "./body.ts";
import type { Principal } from "./principals.ts";

export type Session = {
  /** The file that gets new content; null makes one. */
  file: string | null;
  wanted: Wanted;
  type: string;
  /** Bytes that will come, as far as somebody said. */
  total: number | null;
  query: string;
  who: Principal;
  received: number;
  begun: number;
  /** The id of what came of it. */
  done: string | null;
};

export type UploadSessions = {
  begin(session: Omit<Session, "received" | "begun" | "done">): string;
  /** Undefined for one that never was, or is too old. */
  get(id: string): Session | undefined;
  /** Adds bytes to what has come. */
  append(id: string, session: Session, bytes: Buffer): Session;
  bytes(id: string): Buffer;
  finish(id: string, session: Session, file: string): void;
  /** In milliseconds. */
  livesMs: number;
};

const WEEK_MS = 7 * 86_400_000;

/** Uploads under way; they outlive a restart, as far as they have come. */
export function openUploadSessions(shelf: Shelf, contents: Contents): UploadSessions {
  const kept = shelf.collection<Session>("upload_sessions");
  const self: UploadSessions = {
    livesMs: WEEK_MS,
    begin(session) {
      const id = `ABgVH8${randomBytes(40).toString("base64url")}`;
      kept.set(id, { ...session, received: 0, begun: Date.now(), done: null });
      return id;
    },
    get(id) {
      const session = kept.get(id);
      if (session === undefined || session.begun + self.livesMs > Date.now()) return session;
      contents.parts.drop(id);
      kept.delete(id);
      return undefined;
    },
    append(id, session, bytes) {
      contents.parts.write(id, session.received, bytes);
      const after = { ...session, received: session.received + bytes.length };
      kept.set(id, after);
      return after;
    },
    bytes: (id) => contents.parts.read(id),
    finish(id, session, file) {
      contents.parts.drop(id);
      kept.set(id, { ...session, done: file });
    },
  };
  return self;
}
