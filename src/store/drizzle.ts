import { createRequire } from "node:module";
import type * as orm from "drizzle-orm";
import type * as pgCore from "drizzle-orm/pg-core";
import type * as postgresJs from "drizzle-orm/postgres-js";

/**
 * What we use of drizzle, as CommonJS. Its ES modules import each other in circles, and to link them
 * Node 26 takes 0.8 s and 150 MiB at every start; as CommonJS they are there after 0.1 s and 10 MiB
 * (drizzle-orm 0.45.4).
 */
const require = createRequire(import.meta.url);

export const {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  lt,
  lte,
  ne,
  or,
  sql,
} = require("drizzle-orm") as typeof orm;

export const {
  PgDialect,
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} = require("drizzle-orm/pg-core") as typeof pgCore;

export const { drizzle } = require("drizzle-orm/postgres-js") as typeof postgresJs;

export type { Column, InferSelectModel, SQL, Table } from "drizzle-orm";
export type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
