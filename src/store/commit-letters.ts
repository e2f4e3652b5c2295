import type { NewDeadLetter, PageOutcome } from "#domain/ports/ledger.ts";
import type { Way } from "#domain/truth.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";
import { appended } from "./history.ts";

type Sent = Pick<PageOutcome, "letters" | "settled">;

/** The dead letters that a page writes and those it settles; nothing where there is none of it. */
export function letterParts(page: PageOutcome, { letters, settled }: Sent, way: Way): SQL {
  return sql`${settled.length === 0 ? sql`` : settledPart(page, settled, way)}${letters.length === 0 ? sql`` : lettered(page, letters, way)}`;
}

const settledPart = (page: PageOutcome, settled: Sent["settled"], way: Way) => sql`, settled as (
    update dead_letters d set
      state = case ended.outcome when 'earlier' then d.state else ended.outcome end,
      state_by = case ended.outcome when 'earlier' then d.state_by else ${clean(page.by)} end,
      state_at = case ended.outcome when 'earlier' then d.state_at else ${page.at.toString()}::timestamptz end,
      version = d.version + 1,
      history = ${appended(
        "d.history",
        sql`jsonb_build_object('at', ${page.at.toString()}::text, 'by', ${clean(page.by)}::text, 'what',
        case when ended.outcome = 'superseded' then 'Newer content took its place'
          when ended.outcome = 'earlier' then 'Written as it was before it was corrected'
          when ended.as_it_is and d.edited is not null then 'Written as its source has it, not as it was corrected'
          else 'Written' end)`,
      )}
    from fence, (
      select found.id, s.outcome, s.as_it_is
      from jsonb_to_recordset(${settledRows(settled)}::jsonb) as s (key text, outcome text, as_it_is boolean)
      cross join lateral (
        select id from dead_letters
        where flow = ${page.flow} and way = ${way} and key = s.key and state in ('open', 'retrying') offset 0
      ) found
    ) ended
    where d.id = ended.id and d.state in ('open', 'retrying')
  )`;

/** The dead letter that is open for the key is this one again; what was corrected stays as long as the content does. */
const lettered = (
  page: PageOutcome,
  letters: readonly NewDeadLetter[],
  way: Way,
) => sql`, lettered as (
    insert into dead_letters as d (id, flow, way, key, state, problem, fingerprint, direction, fields, hash,
      raw, attempts, first_seen, last_seen, run, flow_version, history, version)
    select gen_random_uuid()::text, fence.flow, ${way}, x.key, 'open', x.problem, x.fingerprint, x.direction,
      x.fields, x.hash, decode(x.raw, 'base64'), 1, ${page.at.toString()}::timestamptz,
      ${page.at.toString()}::timestamptz, ${page.run},
      (select r.flow_version from runs r where r.id = ${page.run}), jsonb_build_array(x.entry), 1
    from fence, jsonb_to_recordset(${letterRows(page, letters)}::jsonb) as x (key text, problem text,
      fingerprint text, direction text, fields text, hash text, raw text, entry jsonb)
    on conflict (flow, way, key) where state in ('open', 'retrying') do update set
      state = 'open', state_by = null, state_at = null,
      problem = excluded.problem, fingerprint = excluded.fingerprint, direction = excluded.direction,
      incident = case when d.fingerprint = excluded.fingerprint then d.incident end,
      fields = case when d.hash = excluded.hash and d.edited is not null then d.fields else excluded.fields end,
      edited = case when d.hash = excluded.hash then d.edited end,
      raw = case when d.hash = excluded.hash then d.raw else excluded.raw end,
      hash = excluded.hash, attempts = d.attempts + 1, last_seen = excluded.last_seen, run = excluded.run,
      flow_version = excluded.flow_version,
      history = ${appended(
        "d.history",
        sql`case when d.hash <> excluded.hash and d.edited is not null
        then jsonb_set(excluded.history, '{0,what}', to_jsonb((excluded.history -> 0 ->> 'what') || ${afresh}::text))
        else excluded.history end`,
      )}, version = d.version + 1
    returning 1
  )`;

/** Whoever corrected it sees why that was in vain. */
const afresh = " (changed at its source since it was corrected)";

const settledRows = (settled: PageOutcome["settled"]) =>
  JSON.stringify(
    settled.map(({ key, as, asItIs = false }) => ({
      key: clean(key),
      outcome: as,
      as_it_is: asItIs,
    })),
  );

const letterRows = (page: PageOutcome, letters: readonly NewDeadLetter[]) =>
  JSON.stringify(
    letters.map((letter) => ({
      key: clean(letter.key),
      problem: JSON.stringify(letter.problem),
      fingerprint: clean(letter.fingerprint),
      direction: letter.direction,
      fields: JSON.stringify(letter.fields),
      hash: letter.hash,
      raw: Buffer.from(letter.raw).toString("base64"),
      entry: { at: page.at.toString(), by: clean(page.by), what: clean(letter.problem.message) },
    })),
  );
