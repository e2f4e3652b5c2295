import type { ConnectorVersion, ConnectorVersions } from "#domain/ports/connector-versions.ts";
import { clean } from "./clean.ts";
import { and, desc, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import {
  connectorVersions,
  registeredConnectors,
  toConnectorVersion,
} from "./tables/connector-versions.ts";

export const connectorVersionsIn = (db: Database): ConnectorVersions => ({
  async of(connector) {
    const [[row], rows] = await Promise.all([
      db.orm
        .select()
        .from(registeredConnectors)
        .where(eq(registeredConnectors.connector, connector)),
      db.orm
        .select()
        .from(connectorVersions)
        .where(eq(connectorVersions.connector, connector))
        .orderBy(desc(connectorVersions.version)),
    ]);
    return { current: row?.current ?? 0, versions: rows.map(toConnectorVersion) };
  },

  async inUse() {
    const { connector, version } = connectorVersions;
    const rows = await db.orm
      .select({ version: connectorVersions })
      .from(connectorVersions)
      .innerJoin(
        registeredConnectors,
        and(
          eq(registeredConnectors.connector, connector),
          eq(registeredConnectors.current, version),
        ),
      )
      .orderBy(connector);
    return rows.map((row) => toConnectorVersion(row.version));
  },

  async stamp() {
    const [row] = await db.rows(
      sql`select coalesce(sum(changes), 0)::text as stamp from registered_connectors`,
    );
    return String(row?.["stamp"]);
  },

  async add(version, base) {
    const [row] = await db.rows(add(version, base));
    return row === undefined ? undefined : Number(row["version"]);
  },

  async turn(connector, from, to) {
    const rows = await db.rows(sql`
      update registered_connectors set current = ${to}, changes = changes + 1
      where connector = ${connector} and current = ${from} and (${to} = 0 or exists (
        select from connector_versions v where v.connector = ${connector} and v.version = ${to}
      ))
      returning 1`);
    return rows.length === 1;
  },

  async remove(connector) {
    const rows = await db.rows(sql`
      update registered_connectors set current = 0, changes = changes + 1
      where connector = ${connector} and current <> 0
        and not exists (select from connections c where c.connector = ${connector})
      returning 1`);
    return rows.length === 1;
  },
});

/**
 * One statement: whoever adds takes the connector's row first, so of two who add to the same base the
 * second finds another one in use and adds nothing.
 */
const add = (version: Omit<ConnectorVersion, "version">, base: number) => sql`
  with turned as (
    insert into registered_connectors as r (connector, current, newest, changes)
    select ${version.connector}, 1, 1, 1 where ${base} = 0
      or exists (select from registered_connectors where connector = ${version.connector})
    on conflict (connector) do update
      set current = r.newest + 1, newest = r.newest + 1, changes = r.changes + 1
      where r.current = ${base}
    returning connector, current
  )
  insert into connector_versions
    (connector, version, text, hash, note, registered_by, registered_at, approved_by, approval)
  select connector, current, ${version.text}, ${version.hash}, ${clean(version.note)},
    ${clean(version.registeredBy)}, ${version.registeredAt.toString()}::timestamptz,
    ${clean(version.approvedBy)}, ${version.approval}
  from turned
  returning version`;
