import type { AuditEntry } from "#domain/ports/people.ts";
import { instant } from "../columns.ts";
import { bigint, pgTable, text } from "../drizzle.ts";

/** What was asked for, by whom, and what came of it. Rows are only ever added. */
export const audit = pgTable("audit", {
  seq: bigint({ mode: "number" }).primaryKey(),
  at: instant().notNull(),
  actor: text().notNull(),
  operation: text().notNull(),
  input: text().notNull(),
  outcome: text().$type<AuditEntry["outcome"]>().notNull(),
  detail: text().notNull(),
  hash: text().notNull(),
});

/** The end of the chain, so that rows cut off its tail are missed. */
export const auditHead = pgTable("audit_head", {
  id: text().primaryKey(),
  seq: bigint({ mode: "number" }).notNull(),
  hash: text().notNull(),
});
