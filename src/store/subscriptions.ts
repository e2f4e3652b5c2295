import { randomUUID } from "node:crypto";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import { clean } from "./clean.ts";
import { and, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { opened } from "./opened.ts";
import type { Sealing } from "./sealing.ts";
import { subscriptions } from "./tables/subscriptions.ts";

/** Each is told of every event it asked for, so nobody needs more. */
const most = 200;

export const subscriptionsIn = (db: Database, sealing: Sealing): Subscriptions => {
  const openedRow = ({ id, event, url: sealed }: typeof subscriptions.$inferSelect) => {
    const url = opened(sealing, sealed, place(id));
    return url === null ? undefined : { id, event, url };
  };
  return {
    async add(connection, { event, url }, at) {
      const id = `sub_${randomUUID().replaceAll("-", "")}`;
      const sealed = sealing.seal(url, place(id));
      const rows = await db.rows(sql`
      insert into subscriptions (id, connection, event, url, made_at)
      select ${id}, ${connection}, ${clean(event)}, ${sealed}, ${at.toString()}::timestamptz
      where (select count(*) from subscriptions where connection = ${connection}) < ${most}
      returning 1`);
      return rows.length === 1 ? { id, event, url } : undefined;
    },

    async remove(connection, id) {
      const rows = await db.rows(sql`
      with gone as (
        delete from subscriptions where connection = ${connection} and id = ${clean(id)} returning id
      ), over as (
        update deliveries d set state = 'failed', taken_until = null from gone
        where d.connection = ${connection} and d.subscription = gone.id and d.state = 'waiting'
      ), untold as (
        delete from endpoints e using gone
        where e.connection = ${connection} and e.subscription = gone.id
      )
      select 1 from gone`);
      return rows.length === 1;
    },

    async find(connection, id) {
      const [row] = await db.orm
        .select()
        .from(subscriptions)
        .where(and(eq(subscriptions.connection, connection), eq(subscriptions.id, clean(id))));
      return row && openedRow(row);
    },

    async to(connection, event) {
      const rows = await db.orm
        .select()
        .from(subscriptions)
        .where(and(eq(subscriptions.connection, connection), eq(subscriptions.event, event)))
        .orderBy(subscriptions.seq);
      return rows.flatMap((row) => openedRow(row) ?? []);
    },

    async all(connection) {
      return db.orm
        .select({ id: subscriptions.id, event: subscriptions.event })
        .from(subscriptions)
        .where(eq(subscriptions.connection, connection))
        .orderBy(subscriptions.seq);
    },
  };
};

const place = (row: string) => ({ table: "subscriptions", row, field: "url" });
