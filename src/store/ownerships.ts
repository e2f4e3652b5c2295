import type { Ownerships } from "#domain/ports/hub.ts";
import { desc, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { hubRules } from "./tables/hub-rules.ts";

export const ownershipsIn = ({ orm, rows }: Database): Ownerships => ({
  all: () =>
    orm
      .selectDistinctOn([hubRules.entity])
      .from(hubRules)
      .orderBy(hubRules.entity, desc(hubRules.version)),

  versions: (entity) =>
    orm.select().from(hubRules).where(eq(hubRules.entity, entity)).orderBy(desc(hubRules.version)),

  async add({ entity, version, ownership, by, at }) {
    const added = await rows(sql`
      insert into hub_rules (entity, version, ownership, by, at)
      select ${entity}, ${version}, ${JSON.stringify(ownership)}, ${by}, ${at.toString()}::timestamptz
      where ${version} = 1 + (
        select coalesce(max(version), 0) from hub_rules where entity = ${entity}
      )
      on conflict do nothing
      returning version`);
    return added.length === 1;
  },
});
