import { afterAll, expect, test } from "vitest";
import { incidentId, type DeadLetterId } from "#domain/ids.ts";
import type { LetterFilter } from "#domain/ports/dead-letters.ts";
import type { Database } from "#store/database.ts";
import { mostCounted } from "#domain/dead-letter.ts";
import { sql, type SQL } from "#store/drizzle.ts";
import { postgresServer, stopPostgres, withPostgresStore, withStore, type Store } from "../support/with-store.ts"; // prettier-ignore
import { flow } from "./examples.ts";

/** `LETTERS=1000000 npx vitest run --project store test/store/million.test.ts` tells the figures. */
const letters = Number(process.env["LETTERS"] ?? 20_000);
const server = await postgresServer();
afterAll(stopPostgres);

/** Of other flows, settled, and of ours: as many of each. Few are in hand, and few somebody has to look at. */
const fill = (db: Database) => db.rows(sql`
  insert into dead_letters (id, flow, way, key, incident, state, problem, fingerprint, direction, fields, hash,
    raw, attempts, first_seen, last_seen, history, version)
  select 'l' || lpad(n::text, 8, '0'), case n % 4 when 0 then ${flow} else 'f' || n % 4 end, 'there', 'k' || n,
    'i' || n % 3, case when n % 8 = 7 then 'discarded' when n % 4000 = 0 then 'retrying' else 'open' end,
    '{"class":"rejected","field":"name","code":"6240","message":"taken"}', case n % 4000 when 4 then 'f|books|customers|write|ambiguous_write' else 'same' end, 'write',
    '{"name":"Customer ' || n || '","email":"c' || n || '@example.com"}', 'h' || n, 'x'::bytea, 1,
    timestamptz '2026-01-01' + (n / 10) * interval '1 second', timestamptz '2026-01-01', '[]', 1
  from generate_series(1, ${letters}::int) n`); // prettier-ignore

/** Seven pages from each of three places, or all there are. */
async function walk({ letters: kept }: Store, filter: Omit<LetterFilter, "limit">) {
  const times: number[] = [];
  const ids: DeadLetterId[] = [];
  const places = isOfFew(filter) ? [0] : [0, Math.floor(letters * 0.4), Math.floor(letters * 0.7)];
  for (const from of places) {
    let after = from === 0 ? undefined : (`l${String(from).padStart(8, "0")}` as DeadLetterId);
    for (let page = 0; page < 7; page += 1) {
      const begun = performance.now();
      const found = await kept.list({ ...filter, ...(after && { after }), limit: 50 });
      times.push(performance.now() - begun);
      if (!isOfFew(filter)) expect(found.length).toBe(50);
      if (found.length === 0) break;
      ids.push(...found.map(({ id }) => id));
      after = found.at(-1)?.id;
    }
  }
  return { ids, times };
}

/** How long it takes to count them all, as the plan of a retry does. */
async function counted({ letters: kept }: Store, filter: Omit<LetterFilter, "limit">) {
  const begun = performance.now();
  const all = await kept.count(filter, letters);
  if (isWhole(filter)) expect(all).toBe(Math.floor((letters * 7) / 8));
  return performance.now() - begun;
}

const isWhole = (filter: Omit<LetterFilter, "limit">): boolean => Object.keys(filter).length === 0;

/** Also where nobody has counted what is in the table. */
async function expectFewFound(db: Database): Promise<void> {
  const places = [
    sql`flow = ${flow} and state in ('retrying')`,
    sql`incident = 'i1' and state in ('retrying')`,
  ];
  for (const place of places) expect(await planOf(db, place)).toMatch(/dead_letters_retrying_by_/);
  const undecided = sql`flow = ${flow} and state in ('open', 'retrying') and split_part(fingerprint, '|', 5) = 'ambiguous_write'`; // prettier-ignore
  expect(await planOf(db, undecided)).toMatch(/dead_letters_undecided/);
}

const planOf = async (db: Database, place: SQL): Promise<string> =>
  JSON.stringify(await db.rows(sql`
    explain select id from dead_letters where ${place}
    and (first_seen, id) > (timestamptz '2026-01-01 00:10', 'l') order by first_seen, id limit 50`)); // prettier-ignore

const databases = [
  { name: "the embedded database", there: true, open: withStore },
  { name: "Postgres (skipped where there is none)", there: server !== undefined, open: withPostgresStore }, // prettier-ignore
];

const filters: readonly Omit<LetterFilter, "limit">[] = [
  {},
  { flow },
  { flow, states: ["open"] },
  { incident: incidentId("i1") },
  { flow, incident: incidentId("i2") },
  { flow, states: ["retrying"] },
  { incident: incidentId("i1"), states: ["retrying"] },
  { flow, undecided: true },
];
const isOfFew = ({ states, undecided }: Omit<LetterFilter, "limit">): boolean => undecided === true || states?.[0] === "retrying"; // prettier-ignore

for (const { name, there, open } of databases)
  test.skipIf(!there)(
    `dead letters are listed by key, a page read from an index, on ${name}`,
    () =>
      open(async (store, db) => {
        await fill(db);
        await expectFewFound(db);
        await db.rows(sql`analyze dead_letters`);
        await expectFewFound(db);
        for (const filter of filters) {
          const { ids, times } = await walk(store, filter);
          const begun = performance.now();
          expect(await store.letters.count(filter)).toBeLessThanOrEqual(mostCounted);
          const counting = performance.now() - begun;
          expect(ids).toEqual([...ids].sort());
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.length).toBeGreaterThan(0);
          const every = await counted(store, filter);
          const sorted = times.toSorted((a, b) => a - b);
          const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
          // A spike of a busy machine is no walk through a table: for whoever measures.
          if (process.env["LETTERS"] !== undefined) expect(p95).toBeLessThan(100);
          console.log(`${letters} dead letters, ${JSON.stringify(filter)}, ${name}: p95 ${p95.toFixed(1)} ms, counted in ${counting.toFixed(1)} ms, all of them in ${every.toFixed(1)} ms`); // prettier-ignore
        }

        for (const filter of [sql`true`, sql`flow = ${flow}`, sql`incident = 'i1'`]) {
          const plan = await planOf(db, sql`state in ('open', 'retrying') and ${filter}`);
          expect(plan).toMatch(/Index (Only )?Scan using dead_letters_waiting/);
          expect(plan).not.toContain("Sort");
        }
      }),
    1_200_000,
  );
