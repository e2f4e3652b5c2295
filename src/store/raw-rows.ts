import type { Sql } from "postgres";
import { drizzle } from "./drizzle.ts";
import { compile, type Client, type Database } from "./handle.ts";

/** A client of Postgres, embedded or a server, as all tables use it. */
export function rawRows(client: Client): Pick<Database, "orm" | "rows"> {
  const orm = drizzle(client as Sql);
  for (const type of asText) client.options.parsers[type] = (text: string) => text;
  return {
    orm,
    async rows(statement) {
      const { sql, params } = compile(statement);
      return await client.unsafe(sql, params as string[], { prepare: true });
    },
  };
}

/** int8, numeric, json, jsonb, timestamptz, date: what Postgres sent, unread, since columns.ts reads it. */
const asText = [20, 1700, 114, 3802, 1184, 1082];
