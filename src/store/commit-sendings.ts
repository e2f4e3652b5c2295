import { isTaken, type Sending } from "#domain/delivery.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { mostTries } from "./deliveries.ts";
import { sql, type SQL } from "./drizzle.ts";
import type { StoredAttempt } from "./tables/deliveries.ts";

/**
 * How those outside were told of a page goes into the log of deliveries with it: one line an event and
 * address, however often it is tried and by whichever worker. What was taken proves that the address takes.
 */
export function sendingParts({ sendings = [] }: PageOutcome): SQL {
  if (sendings.length === 0) return sql``;
  const rows = sql`jsonb_to_recordset(${rowsOf(sendings)}::jsonb) as x (connection text, subscription text,
      event text, type text, subject text, written text, at timestamptz, state text, tried int, log jsonb)`;
  return sql`, sent as (
    insert into deliveries as d (id, connection, subscription, event, type, subject, flow, written, at, state,
      tried, next_at, log)
    select gen_random_uuid()::text, x.connection, x.subscription, x.event, x.type, x.subject, fence.flow,
      x.written, x.at, x.state, x.tried, x.at, x.log
    from fence, ${rows}
    on conflict (connection, event, subscription) do update set
      state = excluded.state, tried = d.tried + excluded.tried, taken_until = null,
      log = (
        select jsonb_agg(kept.one order by kept.n) from (
          select one, n from jsonb_array_elements(d.log || excluded.log) with ordinality as t (one, n)
          order by n desc limit ${mostTries}
        ) kept
      )
  ), takes as (
    update endpoints e set failing_since = null, not_before = null
    from fence, (select distinct x.connection, x.subscription from ${rows} where x.state = 'delivered') x
    where e.connection = x.connection and e.subscription = x.subscription and e.state = 'on'
  )`;
}

function rowsOf(sendings: readonly Sending[]): string {
  const tries = new Map<string, Sending[]>();
  for (const each of sendings) {
    const key = JSON.stringify([each.connection, each.event, each.subscription]);
    tries.set(key, [...(tries.get(key) ?? []), each]);
  }
  return JSON.stringify([...tries.values()].flatMap(rowOf));
}

function rowOf(tries: readonly Sending[]) {
  const [first] = tries;
  if (first === undefined) return [];
  const { connection, subscription, event, type, subject, object, write, attempt } = first;
  const isOver = tries.some((one) => isTaken(one.attempt));
  return [
    {
      connection,
      subscription: subscription ?? "",
      event,
      type,
      subject: clean(subject),
      written: JSON.stringify({ object, write }),
      at: attempt.at.toString(),
      state: isOver ? "delivered" : "failed",
      tried: tries.length,
      log: tries.slice(-mostTries).map(entryOf),
    },
  ];
}

const entryOf = ({ attempt: { at, status, ms, answer } }: Sending): StoredAttempt => ({
  at: at.toString(),
  status,
  ms,
  answer: clean(answer),
});
