import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Contents } from "../../contents.ts";
import type { Tally } from "../simulated-tool.ts";
import { contentHash } from "./content-hash.ts";
import { conflict } from "./errors.ts";
import { keyOf, nameOf, parentOf } from "./paths.ts";

/** One state of a file's bytes. Times in milliseconds; Dropbox shows them to the second. */
export type Revision = {
  rev: string;
  content: string;
  size: number;
  hash: string;
  client: number;
  server: number;
  /** Set where the file cannot be downloaded, but only taken out as something else. */
  exportAs: string | null;
};

export type Entry = {
  id: string;
  /** As people wrote it; looked up by its key. */
  path: string;
  /** Rises with each change in the account. */
  seq: number;
  changed: number;
  file: Revision | null;
};

/** Something that is no longer at a path. What went with its folder is implied by the folder. */
export type Gone = { path: string; seq: number; at: number; implied: boolean; entry: Entry };

export type Kept = Revision & { id: string; path: string };

export type Tree = {
  at(path: string): Entry | undefined;
  byId(id: string): Entry | undefined;
  byRev(rev: string): Kept | undefined;
  all(): Iterable<Entry>;
  /** Everything within a folder, parents before children; "" is the top. */
  below(path: string): Entry[];
  gone(): Iterable<Gone>;
  /** All states a file has had, newest first. */
  revisions(which: (kept: Kept) => boolean): Kept[];
  /** Makes missing folders above. Throws where a file is among them. */
  put(path: string, revision: NewRevision): Entry;
  makeFolder(path: string, at?: number): Entry;
  move(entry: Entry, path: string): Entry;
  /** Writes the same name with other capitals, which is no change that a cursor tells of. */
  respell(entry: Entry, name: string): Entry;
  remove(entry: Entry): void;
  used(): number;
  readonly seq: number;
  hear(listener: () => void): void;
  tally: Tally;
};

export type NewRevision = {
  bytes: Buffer;
  client?: number;
  server?: number;
  exportAs?: string;
};

const FIRST_REV = 0x15c3a0b70000;

/** The files and folders of the simulated account, by path, with what they were before. */
export function openTree(shelf: Shelf, contents: Contents): Tree {
  const entries = shelf.collection<Entry>("entries");
  const graves = shelf.collection<Gone>("gone");
  const kept = shelf.collection<Kept>("revisions");
  const paths = new Map<string, string>();
  const within = new Map<string, Set<string>>();
  const listeners: (() => void)[] = [];
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  let seq = 0;
  for (const entry of entries.values()) place(entry);
  for (const grave of graves.values()) seq = Math.max(seq, grave.seq);

  function place(entry: Entry): void {
    seq = Math.max(seq, entry.seq);
    paths.set(keyOf(entry.path), entry.id);
    const parent = keyOf(parentOf(entry.path));
    within.set(parent, (within.get(parent) ?? new Set()).add(entry.id));
  }

  function lift(entry: Entry): void {
    paths.delete(keyOf(entry.path));
    within.get(keyOf(parentOf(entry.path)))?.delete(entry.id);
    entries.delete(entry.id);
  }

  function keep(entry: Omit<Entry, "seq">): Entry {
    seq += 1;
    const whole = { ...entry, seq };
    entries.set(whole.id, whole);
    place(whole);
    return whole;
  }

  function bury(entry: Entry, implied: boolean): void {
    seq += 1;
    lift(entry);
    graves.set(String(seq), { path: entry.path, seq, at: Date.now(), implied, entry });
  }

  const tell = () => {
    for (const listener of listeners) listener();
  };

  const at = (path: string): Entry | undefined => entries.get(paths.get(keyOf(path)) ?? "");

  const below = (path: string): Entry[] =>
    [...(within.get(keyOf(path)) ?? [])].flatMap((id) => {
      const entry = entries.get(id);
      return entry === undefined ? [] : [entry, ...below(entry.path)];
    });

  /** The path as the folders above it are written, each of which is made where it is missing. */
  function settled(path: string, time: number): string {
    const parent = parentOf(path);
    if (parent === "") return path;
    const above = at(parent);
    if (above?.file) throw conflict("file_ancestor");
    const folder = above ?? folderAt(settled(parent, time), time);
    return `${folder.path}/${nameOf(path)}`;
  }

  function folderAt(path: string, time: number): Entry {
    tally.creates += 1;
    return keep({ id: newId(), path, changed: time, file: null });
  }

  const self: Tree = {
    at,
    byId: (id) => entries.get(id),
    byRev: (rev) => kept.get(rev),
    all: () => entries.values(),
    below,
    gone: () => graves.values(),
    revisions: (which) => [...kept.values()].filter(which).toReversed(),
    put(path, { bytes, client, server = Date.now(), exportAs = null }) {
      const before = at(path);
      const revision: Revision = {
        rev: (FIRST_REV + kept.size).toString(16),
        content: contents.put(bytes),
        size: bytes.length,
        hash: contentHash(bytes),
        client: client ?? server,
        server,
        exportAs,
      };
      const id = before?.id ?? newId();
      const settledPath = before?.path ?? settled(path, server);
      const entry = keep({ id, path: settledPath, changed: server, file: revision });
      kept.set(revision.rev, { ...revision, id, path: settledPath });
      tally[before === undefined ? "creates" : "updates"] += 1;
      tell();
      return entry;
    },
    makeFolder(path, time = Date.now()) {
      const made = folderAt(settled(path, time), time);
      tell();
      return made;
    },
    move(entry, path) {
      const inner = below(entry.path);
      const to = settled(path, Date.now());
      for (const child of inner.toReversed()) bury(child, true);
      bury(entry, false);
      const moved = keep({ ...entry, path: to, changed: Date.now() });
      for (const child of inner)
        keep({ ...child, path: to + child.path.slice(entry.path.length), changed: Date.now() });
      tally.updates += 1;
      tell();
      return moved;
    },
    respell(entry, name) {
      const after = { ...entry, path: `${parentOf(entry.path)}/${name}` };
      entries.set(after.id, after);
      for (const child of below(after.path)) {
        const path = after.path + child.path.slice(after.path.length);
        entries.set(child.id, { ...child, path });
      }
      return after;
    },
    remove(entry) {
      for (const child of below(entry.path).toReversed()) bury(child, true);
      bury(entry, false);
      tally.archived += 1;
      tell();
    },
    used() {
      let bytes = 0;
      for (const { file } of entries.values()) bytes += file?.size ?? 0;
      return bytes;
    },
    get seq() {
      return seq;
    },
    hear: (listener) => void listeners.push(listener),
    tally,
  };
  return self;
}

const newId = (): string => `id:${randomBytes(16).toString("base64url")}`;
