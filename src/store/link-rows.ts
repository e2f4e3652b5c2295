import type { Link } from "#domain/link.ts";
import type { Printed } from "#domain/ports/ledger.ts";
import { clean, cleanOrNull } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";

/** Never in JSON that JavaScript writes, so that texts of JSON can be put together without wording them anew. */
const apart = "\u0001";

/**
 * Links as the rows `x` of a statement. What is JSON itself goes beside the rows as one text: within their
 * JSON it would cost as much again.
 */
export function linkRows(links: readonly Link[], prints: Prints = none): SQL {
  const rows = links.map(({ key, id, version, hash, back }) => ({
    key: clean(key),
    id: clean(id),
    version: cleanOrNull(version),
    hash,
    print: printOf(prints.get(key), hash),
    back_hash: back?.hash ?? null,
  }));
  const bases = links.map(({ base }) => JSON.stringify(base)).join(apart);
  const backs = links.every(({ back }) => back === null) ? "" : links.map(backText).join(apart);
  return sql`rows from (
      jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as (key text, id text, version text, hash text, print text, back_hash text),
      unnest(string_to_array(${bases}::text, chr(1))),
      unnest(string_to_array(${backs}::text, chr(1), ''))
    ) as x (key, id, version, hash, print, back_hash, base, back)`;
}

/** By the links' keys. */
export type Prints = ReadonlyMap<string, Printed>;
const none: Prints = new Map();

/** Of another content it says nothing. */
const printOf = (printed: Printed | undefined, hash: string): string | null =>
  printed?.hash === hash ? printed.print : null;

const backText = ({ back }: Link): string =>
  back === null ? "" : JSON.stringify({ base: back.base, trips: back.trips });
