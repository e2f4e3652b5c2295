import type { Hub } from "#domain/ports/hub.ts";
import { and, eq } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { hubSource } from "./hub-source.ts";
import { hubTarget } from "./hub-target.ts";
import { ownershipsIn } from "./ownerships.ts";
import { hubRecords } from "./tables/hub-records.ts";

export const hubIn = (db: Database): Hub => ({
  source: (entity) => hubSource(db, entity),
  target: (entity, from) => hubTarget(db, { entity, from, ownerships: ownershipsIn(db) }),

  async record(entity, id) {
    const [row] = await db.orm
      .select()
      .from(hubRecords)
      .where(and(eq(hubRecords.entity, entity), eq(hubRecords.id, id)));
    if (row === undefined || row.gone) return undefined;
    const { fields, origins, version, changedAt } = row;
    return { id, fields, origins, version, changedAt };
  },
});
