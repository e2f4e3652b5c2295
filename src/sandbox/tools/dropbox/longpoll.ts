import { type Cursors, hasNews, positionAt } from "./listing.ts";
import type { Tree } from "./tree.ts";

export type Longpolls = {
  /** Instead of the wait that was asked for, in milliseconds; null waits as asked. */
  waitMs: number | null;
  wait(cursor: string, seconds: number): Promise<{ changes: boolean }>;
};

/** Answers as soon as there is something new for a cursor, or when the time is over. */
export function openLongpolls(tree: Tree, cursors: Cursors): Longpolls {
  const waiting = new Set<() => void>();
  tree.hear(() => {
    for (const look of [...waiting]) look();
  });

  const self: Longpolls = {
    waitMs: null,
    wait(cursor, seconds) {
      const position = positionAt(cursors, "files/list_folder/longpoll", cursor);
      return new Promise((resolve) => {
        const end = (changes: boolean) => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve({ changes });
        };
        const look = () => {
          if (hasNews(tree, position)) end(true);
        };
        const timer = setTimeout(() => end(false), self.waitMs ?? seconds * 1000).unref();
        waiting.add(look);
        look();
      });
    },
  };
  return self;
}
