import type { Looked } from "./look.ts";
import { mergedWith } from "./merged.ts";
import type { Page } from "#domain/record.ts";
import type { Passed } from "./pass.ts";

/**
 * The page that is being stored while the next one begins. `look` may go before it only where it asks
 * for nothing that is on its way into the store.
 */
export type UnderWay = {
  /** Resolves at once where nothing of this page is on its way. */
  clear(page: Page): Promise<void>;
  /** All that was begun is stored. @throws what kept it from that */
  stored(): Promise<void>;
  began(looked: Looked, passed: Passed): void;
};

export function makeUnderWay(): UnderWay {
  let keys: ReadonlySet<string> = new Set();
  let storing: Promise<void> = Promise.resolve();

  return {
    async clear({ records }) {
      if (records.some((record) => keys.has(record.id) || mergedWith(record).length > 0))
        await storing;
    },
    stored: () => storing,
    began({ page }, { stored }) {
      keys = new Set(page.records.map(({ id }) => id));
      storing = stored;
    },
  };
}
