import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import { clean } from "./clean.ts";
import type { Database } from "./handle.ts";
import { opened } from "./opened.ts";
import type { Sealing } from "./sealing.ts";
import { subscriptions } from "./tables/subscriptions.ts";

/** Each is told of every event it asked for, so nobody needs more. */
const most = 200;

export const subscriptionsIn = (db: Database, sealing: Sealing): Subscriptions => ({
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
    const rows = await db.orm
      .delete(subscriptions)
      .where(and(eq(subscriptions.connection, connection), eq(subscriptions.id, clean(id))))
      .returning({ id: subscriptions.id });
    return rows.length === 1;
  },

  async to(connection, event) {
    const rows = await db.orm
      .select()
      .from(subscriptions)
      .where(and(eq(subscriptions.connection, connection), eq(subscriptions.event, event)))
      .orderBy(subscriptions.seq);
    return rows.flatMap(({ id, url: sealed }) => {
      const url = opened(sealing, sealed, place(id));
      return url === null ? [] : { id, event, url };
    });
  },

  async all(connection) {
    return db.orm
      .select({ id: subscriptions.id, event: subscriptions.event })
      .from(subscriptions)
      .where(eq(subscriptions.connection, connection))
      .orderBy(subscriptions.seq);
  },
});

const place = (row: string) => ({ table: "subscriptions", row, field: "url" });
