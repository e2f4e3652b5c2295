import type { Grant, People } from "#domain/ports/people.ts";
import { and, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { grants } from "./tables/grants.ts";
import { only } from "./written.ts";

export const peopleIn = (db: Database): People => ({
  async grants() {
    const rows = await db.orm.select().from(grants).orderBy(grants.kind, grants.id);
    return rows.map(({ kind, id, role }): Grant => ({ subject: { kind, id }, role }));
  },

  async grant({ subject, role }) {
    only(
      await db.orm
        .insert(grants)
        .values({ ...subject, role })
        .onConflictDoUpdate({ target: [grants.kind, grants.id], set: { role } })
        .returning(),
      "grant",
    );
  },

  async revoke({ kind, id }) {
    const rows = await db.orm
      .delete(grants)
      .where(and(eq(grants.kind, kind), eq(grants.id, id)))
      .returning();
    return rows.length === 1;
  },

  /** Everybody who claims takes the same row first, so that the second sees what the first was given. */
  async claimFirstAdmin(user) {
    const rows = await db.rows(sql`
      with first as (
        insert into first_admin (id, claimant)
        select 'first', ${user} where not exists (select from grants)
        on conflict (id) do nothing
        returning claimant
      )
      insert into grants (kind, id, role) select 'user', claimant, 'admin' from first
      on conflict (kind, id) do nothing
      returning 1`);
    return rows.length === 1;
  },
});
