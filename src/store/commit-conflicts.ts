import type { PageOutcome } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";

/** What a page of a two-way flow opens and settles between its sides; nothing where there is none of it. */
export function conflictParts(page: PageOutcome): SQL {
  const { conflicts, agreed } = page;
  return sql`${conflicts.length === 0 ? sql`` : opened(page)}${agreed.length === 0 ? sql`` : settled(page)}`;
}

/**
 * A run may still be under way as its flow is changed to go one way: then nobody is asked any more. The lock
 * is taken before all others of the statement, as by whoever changes the flow.
 */
export const sidedParts = ({ flow, conflicts }: PageOutcome): { sided: SQL; locked: SQL } =>
  conflicts.length === 0
    ? { sided: sql``, locked: sql`` }
    : {
        sided: sql`, sided as materialized (
    select name from flows where name = ${flow} and coalesce(plan::jsonb -> 'twoWay', 'null') <> 'null' for share
  )`,
        locked: sql`and (select count(*) from sided) >= 0`,
      };

/** The one that is open for the key is this one again. */
const opened = (page: PageOutcome) => sql`, asked as (
    insert into conflicts as c (id, flow, key, target, record, fields, changed, choices, state, state_by,
      state_at, opened_at, version)
    select gen_random_uuid()::text, fence.flow, x.key, x.target, x.record, x.fields, x.changed, x.choices,
      x.state, ${clean(page.by)}, ${page.at.toString()}::timestamptz, ${page.at.toString()}::timestamptz, 1
    from fence, sided, jsonb_to_recordset(${rows(page)}::jsonb)
      as x (key text, target text, record text, fields text, changed text, choices text, state text)
    on conflict (flow, key) where state <> 'settled' do update set
      target = excluded.target, record = excluded.record, fields = excluded.fields,
      changed = excluded.changed, choices = excluded.choices, state = excluded.state,
      state_by = case when excluded.state = 'chosen' then coalesce(c.state_by, excluded.state_by) end,
      state_at = excluded.state_at, version = c.version + 1
    where (c.fields, c.choices, c.state, c.target) is distinct from
      (excluded.fields, excluded.choices, excluded.state, excluded.target)
  )`;

const settled = ({ by, at, agreed }: PageOutcome) => sql`, agreed as (
    update conflicts c set state = 'settled', state_by = coalesce(c.state_by, ${clean(by)}),
      state_at = ${at.toString()}::timestamptz, version = c.version + 1
    from fence, (
      select found.id from jsonb_array_elements_text(${JSON.stringify(agreed.map(clean))}::jsonb) k (key)
      cross join lateral (
        select o.id from conflicts o, fence f
        where o.flow = f.flow and o.key = k.key and o.state <> 'settled' offset 0
      ) found
    ) over
    where c.id = over.id
  )`;

const rows = ({ conflicts }: PageOutcome): string =>
  JSON.stringify(
    conflicts.map(({ key, target, record, fields, changed, choices }) => ({
      key: clean(key),
      target: clean(target),
      record: JSON.stringify(record),
      fields: JSON.stringify(fields),
      changed: JSON.stringify(changed),
      choices: JSON.stringify(choices),
      state: Object.keys(choices).length > 0 ? "chosen" : "open",
    })),
  );
