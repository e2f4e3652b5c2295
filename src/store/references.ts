import { endText, type End } from "#domain/flow.ts";
import type { References } from "#domain/ports/references.ts";
import { clean } from "./clean.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { flows, toFlow } from "./tables/flows.ts";

export const referencesIn = (db: Database): References => ({
  async where(from, to, ids) {
    const all = (await db.orm.select().from(flows)).map(toFlow);
    const between = (a: End, b: End): readonly string[] =>
      all
        .filter((flow) => endText(flow.from) === endText(a) && endText(flow.to) === endText(b))
        .map(({ name }) => name);
    const there = between(from, to);
    const back = between(to, from);
    if (there.length + back.length === 0) return null;
    const rows = await db.rows(linked(there, back, ids));
    return new Map(rows.map((row) => [ids[Number(row["n"]) - 1] ?? "", row["at"] as string]));
  },
});

/** `offset 0` makes each probe use its index, whatever the planner knows of the table. */
const linked = (there: readonly string[], back: readonly string[], ids: readonly string[]) => sql`
  select i.n, l.at
  from jsonb_array_elements_text(${JSON.stringify(ids.map(clean))}::jsonb) with ordinality i (id, n)
  cross join lateral (
    select coalesce(
      (select id from links, jsonb_array_elements_text(${JSON.stringify(there)}::jsonb) f (name)
        where flow = f.name and key = i.id order by flow limit 1),
      (select key from links, jsonb_array_elements_text(${JSON.stringify(back)}::jsonb) f (name)
        where flow = f.name and id = i.id order by flow, key limit 1)
    ) as at offset 0
  ) l
  where l.at is not null`;
