import type { Fields } from "#domain/fields.ts";
import type { FlowName } from "#domain/ids.ts";
import { turned, type Back, type Link } from "#domain/link.ts";
import type { Compared, Known } from "#domain/ports/ledger.ts";
import type { Way } from "#domain/truth.ts";
import { clean } from "./clean.ts";
import { sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { couldNotBeMatched } from "./tables/dead-letters.ts";
import { only } from "./written.ts";

/** What is known of these contents, by key: of what is as it was, nothing but that it is. */
export async function compareIn(
  db: Database,
  flow: FlowName,
  contents: ReadonlyMap<string, string | null>,
  way: Way,
): Promise<Compared> {
  const keys = [...contents.keys()];
  const row = only(await db.rows(compare(flow, keys, [...contents.values()], way)), "compare");
  const keyAt = (n: unknown): string => keys[Number(n) - 1] ?? "";
  const same = new Set<string>();
  for (const n of ((row["same"] as string | null) ?? "").split(","))
    if (n !== "") same.add(keyAt(n));
  const known = new Map<string, Known>();
  for (const other of JSON.parse((row["others"] as string | null) ?? "[]") as Row[]) {
    const key = keyAt(other["n"]);
    known.set(key, toKnown(key, other, way));
  }
  return { same, known };
}

/**
 * `offset 0` keeps the planner from turning the probes into a join: on a table not yet analysed it
 * would read every row of the flow for each page, and a first sync would become quadratic. All of it
 * comes as one row, because reading one costs more than finding it; and of a flow that never had a dead
 * letter none is looked for.
 */
const compare = (
  flow: FlowName,
  keys: readonly string[],
  hashes: readonly (string | null)[],
  way: Way,
) => {
  const [own, isSame] =
    way === "there"
      ? [sql`key`, sql`(l.hash = k.hash or (l.print = k.hash and l.hash <> ''))`]
      : [sql`id`, sql`l.back_hash = k.hash`];
  return sql`
  select string_agg(case when f.same then f.n::text end, ',') as same,
    (json_agg(json_build_object('n', f.n, 'key', f.key, 'id', f.id, 'version', f.version, 'hash', f.hash,
      'base', f.base, 'back_hash', f.back_hash, 'back', f.back, 'state', f.state, 'letter_hash', f.letter_hash,
      'edited', f.edited, 'unmatched', f.unmatched))
      filter (where not f.same and (f.id is not null or f.state is not null)))::text as others
  from (
    select k.n, l.key, l.id, l.version, l.hash, l.base, l.back_hash, l.back, d.state, d.hash as letter_hash, d.edited, d.unmatched,
      coalesce(${isSame} and d.state is null, false) as same
    from rows from (
      jsonb_array_elements_text(${JSON.stringify(keys.map(clean))}::jsonb),
      jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb)
    ) with ordinality k (key, hash, n)
    left join lateral (
      select key, id, version, hash, print, base, back_hash, back from links
      where flow = ${flow} and ${own} = k.key limit 1 offset 0
    ) l on true
    left join lateral (
      select state, hash, edited, ${couldNotBeMatched} as unmatched from dead_letters
      where (select exists (select from dead_letters where flow = ${flow}))
        and flow = ${flow} and key = k.key and way = ${way} and state in ('open', 'retrying', 'discarded')
      order by state = 'discarded', last_seen desc limit 1
    ) d on true
  ) f`;
};

const toKnown = (key: string, row: Row, way: Way): Known => ({
  link: row["id"] === null ? null : toLink(key, row, way),
  letter:
    row["state"] === null
      ? null
      : {
          state: row["state"] as "open" | "retrying" | "discarded",
          hash: row["letter_hash"] as string,
          ...(row["edited"] !== null && { edited: JSON.parse(row["edited"] as string) as Fields }),
          ...(row["unmatched"] === true && { unmatched: true as const }),
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
