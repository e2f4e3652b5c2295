import type { Outbox, Subject } from "#domain/ports/outbox.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { and, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { outbox } from "./tables/outbox.ts";
import { only } from "./written.ts";

export const outboxIn = (db: Database): Outbox => ({
  async tell(subject) {
    only(
      await db.orm
        .insert(outbox)
        .values({ key: subjectKey(subject), subject })
        .onConflictDoUpdate({
          target: outbox.key,
          set: { asked: sql`${outbox.asked} + 1`, notBefore: unlessItFailed },
        })
        .returning({ key: outbox.key }),
      "outbox",
    );
  },

  /** Notes what was asked for so far: `done` leaves what was asked for since. */
  async due(limit, at) {
    const rows = await db.rows(sql`
      with looked as (
        update outbox set seen = asked where key in (
          select key from outbox where not_before is null or not_before <= ${at.toString()}::timestamptz
          order by ${first}, seq limit ${limit}
        )
        returning *
      )
      select * from looked order by ${first}, seq`);
    return rows
      .map((row) => decode(outbox, row))
      .map(({ subject, attempts }) => ({ subject, attempts }));
  },

  async done(subject) {
    const key = subjectKey(subject);
    await db.orm.delete(outbox).where(and(eq(outbox.key, key), eq(outbox.seen, outbox.asked)));
    await db.orm
      .update(outbox)
      .set({ attempts: 0, notBefore: null, reason: null })
      .where(eq(outbox.key, key));
  },

  async goesOn(subject, at) {
    const dueAt = sql`case when ${outbox.seen} = ${outbox.asked} then ${at.toString()}::timestamptz end`; // prettier-ignore
    await db.orm
      .update(outbox)
      .set({ attempts: 0, notBefore: dueAt, reason: null })
      .where(eq(outbox.key, subjectKey(subject)));
  },

  async later(subject, at, reason) {
    await db.orm
      .update(outbox)
      .set({ attempts: sql`${outbox.attempts} + 1`, notBefore: at, reason: clean(reason) })
      .where(eq(outbox.key, subjectKey(subject)));
  },

  waiting: () => db.orm.$count(outbox),
});

/** What only goes on is due once it is asked for; Slack that refused is left its time. */
const unlessItFailed = sql`case when ${outbox.reason} is not null then ${outbox.notBefore} end`;

/** Somebody waits for the progress of a run. */
const first = sql`key not like 'run:%'`;

/** The same subject, the same text. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "incident":
    case "run":
    case "approval":
    case "approval_answer":
      return `${subject.kind}:${subject.id}`;
    case "incident_note":
      return `incident_note:${subject.id}:${subject.note}`;
    case "endpoint":
      return [subject.kind, subject.connection, ...(subject.subscription === undefined ? [] : [subject.subscription])].join(":"); // prettier-ignore
    case "conflicts":
      return `conflicts:${subject.flow}`;
    case "digest":
      return `digest:${subject.date}`;
    case "signed_in":
      return `signed_in:${subject.connection}:${subject.user}:${subject.at}`;
    case "expiry":
      return `expiry:${subject.connection}:${subject.days}`;
    default:
      return subject satisfies never;
  }
}
