import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../http.ts";
import { tooMany } from "./errors.ts";

/** How long a write holds the namespace, and how many may queue for it. */
const WRITE_MS = 5;
const MOST_WRITES = 4;
const LIST_MS = 5;

export type Contention = {
  /** Runs a write; too many at a time are turned away. */
  write(run: () => Promise<Answer>): Promise<Answer>;
  /** Runs a list; the same one again before the first is answered is turned away. */
  list(what: string, run: () => Promise<Answer>): Promise<Answer>;
};

/**
 * What comes of asking for too much at once. Dropbox takes a lock for each write in a namespace and
 * counts the same list asked for twice as a mistake; the numbers are ours, it publishes none.
 */
export function openContention(refused: () => void): Contention {
  let writing = 0;
  const listing = new Set<string>();
  return {
    async write(run) {
      if (writing >= MOST_WRITES) {
        refused();
        return tooMany("too_many_write_operations", "1");
      }
      writing += 1;
      try {
        await sleep(WRITE_MS);
        return await run();
      } finally {
        writing -= 1;
      }
    },
    async list(what, run) {
      if (listing.has(what)) {
        refused();
        return tooMany("too_many_requests", "1");
      }
      listing.add(what);
      try {
        await sleep(LIST_MS);
        return await run();
      } finally {
        listing.delete(what);
      }
    },
  };
}
