import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { type Corpus, SERVICE_ROOT, SHARED_DRIVE, USER_ROOT } from "./principals.ts";

export const FOLDER = "application/vnd.google-apps.folder";
export const SHORTCUT = "application/vnd.google-apps.shortcut";

/** Bytes as they were uploaded, or what an editor's document holds. */
export type Content = { name: string; size: number; md5: string; sha1: string; sha256: string };

export type DriveFile = {
  id: string;
  corpus: Corpus;
  name: string;
  mimeType: string;
  /** Null for the top of a corpus alone. */
  parent: string | null;
  description: string | null;
  starred: boolean;
  /** Whether it was put into the trash itself; see `isTrashed`. */
  trashed: boolean;
  /** Milliseconds. */
  created: number;
  modified: number;
  version: number;
  content: Content | null;
  revision: string | null;
  properties: Record<string, string>;
  /** By app, as each app sees only its own. */
  appProperties: Record<string, Record<string, string>>;
  /** The app that made it; null for what a person made. */
  app: string | null;
  color: string | null;
  target: { id: string; mimeType: string } | null;
  originalFilename: string | null;
  viewed: number | null;
};

export type NewFile = Pick<DriveFile, "corpus" | "name" | "mimeType" | "parent"> &
  Partial<DriveFile>;

export type Event = "add" | "update" | "trash" | "untrash" | "remove";
/** Told after each change; of a move between corpora it is told where the file was. */
type Listener = (event: Event, file: DriveFile, was: Corpus) => void;

export type Files = {
  get(id: string): DriveFile | undefined;
  all(): Iterable<DriveFile>;
  children(id: string): DriveFile[];
  /** Everything below a folder, parents before children. */
  below(id: string): DriveFile[];
  /** In the trash itself, or within a folder that is. */
  isTrashed(file: DriveFile): boolean;
  add(given: NewFile): DriveFile;
  change(file: DriveFile, values: Partial<DriveFile>): DriveFile;
  /** For good, with everything below. */
  remove(file: DriveFile): void;
  hear(listener: Listener): void;
  tally: Tally;
};

/** The files and folders of the simulated account, in their folders. */
export function openFiles(shelf: Shelf): Files {
  const kept = shelf.collection<DriveFile>("files");
  const within = new Map<string, Set<string>>();
  const listeners: Listener[] = [];
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  for (const root of roots) if (kept.get(root.id) === undefined) kept.set(root.id, root);
  for (const file of kept.values()) place(file);

  function place(file: DriveFile): void {
    if (file.parent === null) return;
    within.set(file.parent, (within.get(file.parent) ?? new Set()).add(file.id));
  }

  function keep(file: DriveFile, before: DriveFile | null): void {
    if (before !== null && before.parent !== file.parent)
      within.get(before.parent ?? "")?.delete(file.id);
    kept.set(file.id, file);
    place(file);
  }

  const tell: Listener = (event, file, was) => {
    for (const listener of listeners) listener(event, file, was);
  };

  const children = (id: string): DriveFile[] =>
    [...(within.get(id) ?? [])].flatMap((child) => kept.get(child) ?? []);

  const below = (id: string): DriveFile[] =>
    children(id).flatMap((child) => [child, ...below(child.id)]);

  function isTrashed(file: DriveFile): boolean {
    if (file.trashed) return true;
    const parent = kept.get(file.parent ?? "");
    return parent !== undefined && isTrashed(parent);
  }

  return {
    get: (id) => kept.get(id),
    all: () => kept.values(),
    children,
    below,
    isTrashed,
    add(given) {
      const now = Date.now();
      const file: DriveFile = { ...blank, id: newFileId(), created: now, modified: now, ...given };
      keep(file, null);
      tally.creates += 1;
      tell("add", file, file.corpus);
      return file;
    },
    change(file, values) {
      const after: DriveFile = { ...file, ...values, version: file.version + 2 };
      keep(after, file);
      tally.updates += 1;
      const trashing = values.trashed !== undefined && values.trashed !== file.trashed;
      if (trashing && after.trashed) tally.archived += 1;
      const event = trashing ? (after.trashed ? "trash" : "untrash") : "update";
      tell(event, after, file.corpus);
      const moved = after.corpus !== file.corpus;
      if (!moved && !trashing) return after;
      // What lies below changes with it: whether it is in the trash, or whose it is.
      for (const child of below(after.id)) {
        const touched = { ...child, corpus: after.corpus, version: child.version + 1 };
        keep(touched, child);
        tell(event, touched, child.corpus);
      }
      return after;
    },
    remove(file) {
      for (const gone of [...below(file.id).toReversed(), file]) {
        kept.delete(gone.id);
        within.get(gone.parent ?? "")?.delete(gone.id);
        within.delete(gone.id);
        tally.archived += 1;
        tell("remove", gone, gone.corpus);
      }
    },
    hear: (listener) => void listeners.push(listener),
    tally,
  };
}

const blank = {
  description: null,
  starred: false,
  trashed: false,
  version: 1,
  content: null,
  revision: null,
  properties: {},
  appProperties: {},
  app: null,
  color: null,
  target: null,
  originalFilename: null,
  viewed: null,
};

const BEGINNING = Date.parse("2025-01-06T08:00:00.000Z");

const root = (id: string, corpus: Corpus, name: string): DriveFile => ({
  ...blank,
  id,
  corpus,
  name,
  mimeType: FOLDER,
  parent: null,
  created: BEGINNING,
  modified: BEGINNING,
});

const roots: readonly DriveFile[] = [
  root(USER_ROOT, "user", "My Drive"),
  root(SERVICE_ROOT, "service", "My Drive"),
  root(SHARED_DRIVE, SHARED_DRIVE, "Drive"),
];

/**
 * An id as Drive makes them. Its last letter follows from the others, so that one that was
 * generated ahead is known without being remembered.
 */
export function newFileId(): string {
  const start = `1${randomBytes(23).toString("base64url")}`;
  return start + checkLetter(start);
}

export const isGenerated = (id: string): boolean =>
  id.length === 33 && checkLetter(id.slice(0, -1)) === id.at(-1);

function checkLetter(text: string): string {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 36;
  return sum.toString(36);
}
