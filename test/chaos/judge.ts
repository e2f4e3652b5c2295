import type { Database } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { edited, flaw, flows, type Contact, type Edited } from "./books.ts";
import type { Kept } from "./double.ts";

type FlowOf = (typeof flows)[number];

/** What is wrong, in sentences; and how much there was to be right. */
export type Verdict = {
  lost: number;
  doubled: number;
  wrong: readonly string[];
  records: number;
  runs: number;
  letters: number;
  events: number;
  /** Messages that Slack has not been told yet. */
  messages: number;
  /** Why runs failed, and how many. */
  failed: ReadonlyMap<string, number>;
};

/** Holds what the double has against its sources, and against what the database says of it. */
export async function judge(kept: Kept, database: Database): Promise<Verdict> {
  const wrong: string[] = [];
  const sums = { lost: 0, doubled: 0, records: 0 };
  const letters = await lettersIn(database);
  const created = await createdIn(database);
  for (const flow of flows) {
    const found = objectsOf(kept, flow, letters.get(flow.name) ?? []);
    sums.lost += found.lost.length;
    sums.doubled += found.doubled.length;
    sums.records += found.records;
    for (const email of found.lost) wrong.push(`${flow.name}: ${email} is lost`);
    for (const email of found.doubled) wrong.push(`${flow.name}: ${email} is there twice`);
    wrong.push(...found.letters);
    const made = (kept.books[flow.to]?.created ?? 0) + (flow.twoWay ? (kept.books[flow.from]?.created ?? 0) : 0); // prettier-ignore
    const counted = created.get(flow.name) ?? 0;
    if (made !== counted)
      wrong.push(`${flow.name}: ${String(made)} were made, and the runs count ${String(counted)}`);
  }
  const undone = undoneIn(kept);
  sums.lost += undone.length;
  const { wrong: rows, ...counts } = await rowsIn(database, kept);
  wrong.push(...undone, ...rows);
  const failed = await failedIn(database);
  return { ...sums, ...counts, wrong, failed, letters: [...letters.values()].flat().length };
}

/** What people wrote last is what there is: both sides being alike does not say so. */
const undoneIn = (kept: Kept): string[] =>
  (Object.keys(edited) as Edited[]).flatMap((name) => {
    const { contacts = [], meant = {} } = kept.books[name] ?? {};
    return contacts.flatMap((contact) => {
      const [said, is] = [meant[contact.id], contact[edited[name]]];
      return said === undefined || said === is ? [] : [`${name}: somebody wrote "${said}" in ${contact.id}, and it is "${String(is)}"`]; // prettier-ignore
    });
  });

/** Each record of the source is one object of the target with the same content, or one open dead letter. */
function objectsOf(kept: Kept, { name, from, to, twoWay }: FlowOf, letters: readonly string[]) {
  const sources = kept.books[from]?.contacts ?? [];
  const targets = byEmail(kept.books[to]?.contacts ?? []);
  const mine = byEmail(sources);
  const strays = twoWay ? [...targets.keys()].filter((email) => !mine.has(email)) : [];
  const missing = sources.filter((source) => {
    const [there] = targets.get(source.email) ?? [];
    return !isFlawed(source) && !(there !== undefined && isLike(source, there, twoWay));
  });
  const doubled = [...(twoWay ? mine : []), ...targets].filter(([, all]) => all.length > 1);
  const flawed = sources.filter(isFlawed).map(({ id }) => id);
  const differing = missing.map((source) => `${source.email} (${JSON.stringify({ source, target: targets.get(source.email) ?? null })})`); // prettier-ignore
  return {
    lost: [...differing, ...strays],
    doubled: doubled.map(([email]) => email),
    letters: unlike(name, letters, flawed),
    records: sources.length,
  };
}

function unlike(flow: string, open: readonly string[], wanted: readonly string[]): string[] {
  const [are, should] = [open, wanted].map((ids) => ids.toSorted().join(", ") || "nobody");
  return are === should ? [] : [`${flow}: dead letters are open for ${are}, not for ${should}`];
}

const isFlawed = ({ notes }: Contact): boolean => notes?.startsWith(flaw) === true;
const isLike = (a: Contact, b: Contact, twoWay: boolean): boolean =>
  a.name === b.name && a.notes === b.notes && (!twoWay || a.company === b.company);
const byEmail = (contacts: readonly Contact[]) => Map.groupBy(contacts, ({ email }) => email);

async function lettersIn(database: Database): Promise<Map<string, string[]>> {
  const rows = await database.rows(sql`select flow, key from dead_letters where state = 'open'`);
  const byFlow = Map.groupBy(rows, ({ flow }) => String(flow));
  return new Map([...byFlow].map(([flow, all]) => [flow, all.map(({ key }) => String(key))]));
}

async function failedIn(database: Database): Promise<Map<string, number>> {
  const rows = await database.rows(sql`
    select coalesce(reason, '') as reason, count(*)::int as n from runs where state = 'failed' group by 1`);
  return new Map(rows.map(({ reason, n }) => [String(reason), Number(n)]));
}

async function createdIn(database: Database): Promise<Map<string, number>> {
  const rows = await database.rows(
    sql`select flow, sum(created)::int as n from runs group by flow`,
  );
  return new Map(rows.map(({ flow, n }) => [String(flow), Number(n)]));
}

/** Nothing is left half done, and the books of every run balance. */
async function rowsIn(database: Database, kept: Kept) {
  const [row = {}] = await database.rows(sql`select
    (select count(*)::int from runs) as runs,
    (select count(*)::int from runs where state in ('queued', 'running', 'waiting', 'paused')) as "runs that are not over",
    (select count(*)::int from runs where read <> created + updated + deleted + unchanged + filtered + dead_lettered + held)
      as "runs whose books do not balance",
    (select count(*)::int from dead_letters where state = 'retrying') as "dead letters in limbo",
    (select count(*)::int from (
      select 1 from dead_letters where state = 'open' group by flow, way, key having count(*) > 1
    ) twice) as "records with two open dead letters",
    (select count(*)::int from intents) as "writes of which nobody knows what became",
    (select count(*)::int from flow_progress where run is not null) as "flows that somebody holds still",
    (select count(*)::int from conflicts) as "conflicts where nobody disagreed",
    (select count(*)::int from outbox) as "messages that wait for Slack",
    (select count(*)::int from deliveries where state <> 'delivered') as "events that were not delivered",
    (select count(*)::int from deliveries) as events`);
  const { runs, events, ...nought } = row;
  const wrong = Object.entries(nought)
    .filter(([, count]) => Number(count) !== 0)
    .map(([what, count]) => `${String(count)} ${what}`);
  const arrived = Object.keys(kept.told).length;
  if (arrived !== Number(events))
    wrong.push(`${String(arrived)} events arrived of ${String(events)}`);
  const messages = Number(nought["messages that wait for Slack"]);
  return { runs: Number(runs), events: Number(events), messages, wrong };
}
