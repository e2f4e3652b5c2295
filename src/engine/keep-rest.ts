import { asRead, type Page, type PageRecord, type SourceRecord } from "#domain/record.ts";
import { dealKeyOf } from "./deals.ts";
import type { Looked } from "./look.ts";
import { asOne } from "./read-ahead.ts";

/** Pages of a read without the records that need nothing and tell nothing, of which only the number is kept. */
export type Rest = { page: Page; quiet: number };

/**
 * Keeps what a run has still to do, while it is seen what all of it is: `together` records to a page.
 * More than `most` are not kept, and then nothing is.
 */
export function keepRest(together: number, most: number) {
  const kept: Rest[] = [];
  let records = 0;

  function keep(part: Page, quiet: number): void {
    const last = kept.at(-1);
    if (last === undefined || last.page.records.length + part.records.length > together)
      return void kept.push({ page: part, quiet });
    kept[kept.length - 1] = { page: asOne([last.page, part]), quiet: last.quiet + quiet };
  }

  return {
    add({ page, read, open, settled, deals }: Looked): void {
      if (records > most) return;
      const busy = new Set([...open, ...settled].map(({ item }) => item.key));
      const won = new Set(deals.flatMap((deal) => (deal.won ? deal.key : [])));
      const part = page.records.filter(
        (record) => busy.has(record.id) || won.has(dealKeyOf(record)),
      );
      records += part.length;
      if (records > most) kept.length = 0;
      else keep({ records: part.map(detached), checkpoint: page.checkpoint }, read - part.length);
    },
    /** Null where it was too much. */
    kept: (): readonly Rest[] | null => (records > most ? null : kept),
  };
}

/** Holds on to its own bytes alone, not to the whole answer it came in. */
function detached(record: PageRecord): SourceRecord {
  const bytes = record.raw();
  const own = { ...asRead(record), raw: () => bytes };
  if (record.text === undefined) return own;
  const text = new TextDecoder().decode(bytes);
  return { ...own, text: () => text };
}
