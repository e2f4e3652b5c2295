import { sql } from "drizzle-orm";
import type { Fields } from "#domain/fields.ts";
import type { FlowName } from "#domain/ids.ts";
import { turned, type Back, type Link } from "#domain/link.ts";
import type { Compared, Known } from "#domain/ports/ledger.ts";
import type { Way } from "#domain/truth.ts";
import { clean } from "./clean.ts";
import type { Database, Row } from "./handle.ts";

/** What is known of these contents, by key: of what is as it was, nothing but that it is. */
export async function compareIn(
  db: Database,
  flow: FlowName,
  contents: ReadonlyMap<string, string | null>,
  way: Way,
): Promise<Compared> {
  const keys = [...contents.keys()];
  const rows = await db.rows(compare(flow, keys, [...contents.values()], way));
  const keyAt = (n: unknown): string => keys[Number(n) - 1] ?? "";
  const same = new Set<string>();
  const known = new Map<string, Known>();
  for (const row of rows) {
    if (row["n"] === null) {
      const numbers = (row["same"] ?? "") as string;
      if (numbers !== "") for (const n of numbers.split(",")) same.add(keyAt(n));
    } else {
      const key = keyAt(row["n"]);
      known.set(key, toKnown(key, row, way));
    }
  }
  return { same, known };
}

/**
 * `offset 0` keeps the planner from turning the probes into a join: on a table not yet analysed it
 * would read every row of the flow for each page, and a first sync would become quadratic. What is the
 * same comes as one text, because reading a row costs more than finding it; and of a flow that never had
 * a dead letter none is looked for.
 */
const compare = (
  flow: FlowName,
  keys: readonly string[],
  hashes: readonly (string | null)[],
  way: Way,
) => {
  const [own, hash] = way === "there" ? [sql`key`, sql`l.hash`] : [sql`id`, sql`l.back_hash`];
  return sql`
  with found as materialized (
    select k.n, l.key, l.id, l.version, l.hash, l.base, l.back_hash, l.back, d.state, d.hash as letter_hash,
      coalesce(${hash} = k.hash and d.state is null, false) as same
    from rows from (
      jsonb_array_elements_text(${JSON.stringify(keys.map(clean))}::jsonb),
      jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb)
    ) with ordinality k (key, hash, n)
    left join lateral (
      select key, id, version, hash, base, back_hash, back from links
      where flow = ${flow} and ${own} = k.key limit 1 offset 0
    ) l on true
    left join lateral (
      select state, hash from dead_letters
      where (select exists (select from dead_letters where flow = ${flow}))
        and flow = ${flow} and key = k.key and way = ${way} and state in ('open', 'retrying', 'discarded')
      order by state = 'discarded', last_seen desc limit 1
    ) d on true
  )
  select n, null as same, key, id, version, hash, base, back_hash, back, state, letter_hash
  from found where not same and (id is not null or state is not null)
  union all
  select null, string_agg(n::text, ','), null, null, null, null, null, null, null, null, null
  from found where same`;
};

const toKnown = (key: string, row: Row, way: Way): Known => ({
  link: row["id"] === null ? null : toLink(key, row, way),
  letter:
    row["state"] === null
      ? null
      : {
          state: row["state"] as "open" | "retrying" | "discarded",
          hash: row["letter_hash"] as string,
        },
});

/** Ids are given as they were asked for: what the database keeps of them may lack a character. */
function toLink(asked: string, row: Row, way: Way): Link {
  const link: Link = {
    key: way === "there" ? asked : (row["key"] as string),
    id: way === "there" ? (row["id"] as string) : asked,
    version: row["version"] as string | null,
    hash: row["hash"] as string,
    base: JSON.parse(row["base"] as string) as Fields,
    back:
      row["back_hash"] === null
        ? null
        : {
            ...(JSON.parse(row["back"] as string) as Omit<Back, "hash">),
            hash: row["back_hash"] as string,
          },
  };
  return way === "there" ? link : turned(link);
}
