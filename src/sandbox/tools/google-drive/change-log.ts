import type { Shelf } from "../../collection.ts";
import type { Event, Files } from "./files.ts";
import { type Corpus, SHARED_DRIVE } from "./principals.ts";

/** The last that happened to a file, as one feed tells it. */
export type Entry = {
  seq: number;
  at: number;
  file: string;
  corpus: Corpus;
  app: string | null;
  removed: boolean;
};

/** A feed of one member over everything they see, or of one shared drive. */
export type Feed = "user" | "service" | typeof SHARED_DRIVE;

export type ChangeLog = {
  /** The number that the next change gets. */
  next(feed: Feed): number;
  /** The oldest number that may still be asked from. */
  oldest(feed: Feed): number;
  /** From this number on, in order; of each file only the last change. */
  since(feed: Feed, seq: number): Entry[];
  /** Makes every number given out before now unknown. */
  forget(): void;
  hear(listener: (feed: Feed) => void): void;
};

const FEEDS: readonly Feed[] = ["user", "service", SHARED_DRIVE];
/** Feeds count apart, so that a token of one is nonsense in another. */
const FIRST: Readonly<Record<Feed, number>> = {
  user: 1001,
  service: 200_001,
  [SHARED_DRIVE]: 400_001,
};
const GAP = 100;

/** Both members see the shared drive; a drive's own feed tells of itself alone. */
const feedsOf = (corpus: Corpus): readonly Feed[] =>
  corpus === SHARED_DRIVE ? FEEDS : corpus === "user" ? ["user"] : ["service"];

export function openChangeLog(shelf: Shelf, files: Files): ChangeLog {
  const entries = new Map(FEEDS.map((feed) => [feed, shelf.collection<Entry>(`changes_${feed}`)]));
  const counts = shelf.collection<{ next: number; oldest: number }>("change_counts");
  const listeners: ((feed: Feed) => void)[] = [];
  const countOf = (feed: Feed) => counts.get(feed) ?? { next: FIRST[feed], oldest: FIRST[feed] };

  function note(feed: Feed, entry: Omit<Entry, "seq">): void {
    const { next, oldest } = countOf(feed);
    entries.get(feed)?.set(entry.file, { ...entry, seq: next });
    counts.set(feed, { next: next + 1, oldest });
    for (const listener of listeners) listener(feed);
  }

  files.hear((event: Event, file, was) => {
    const entry = { at: Date.now(), file: file.id, corpus: file.corpus, app: file.app };
    const now = feedsOf(file.corpus);
    for (const feed of now) note(feed, { ...entry, removed: event === "remove" });
    // Who no longer sees it is told that it is gone.
    const lost = feedsOf(was).filter((feed) => !now.includes(feed));
    for (const feed of lost) note(feed, { ...entry, corpus: was, removed: true });
  });

  return {
    next: (feed) => countOf(feed).next,
    oldest: (feed) => countOf(feed).oldest,
    since: (feed, seq) =>
      [...(entries.get(feed)?.values() ?? [])]
        .filter((entry) => entry.seq >= seq)
        .sort((a, b) => a.seq - b.seq),
    forget() {
      for (const feed of FEEDS) {
        const next = countOf(feed).next + GAP;
        counts.set(feed, { next, oldest: next });
      }
    },
    hear: (listener) => void listeners.push(listener),
  };
}
