import type { AuditEntry } from "#domain/ports/people.ts";
import { context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, person, sentence } from "../text/markup.ts";
import { moment } from "../text/when.ts";

/** The newest entries, and whether the whole chain is as it was written. */
export function auditMessage(audit: {
  entries: readonly AuditEntry[];
  rows: number;
  broken: number | null;
  head: string;
}): Message {
  const { entries, rows, broken, head } = audit;
  const chain =
    broken === null
      ? mrkdwn`✓ *Intact*  ${many(rows, "entry", "entries")}, newest ${head.slice(0, 12)}`
      : mrkdwn`● *Broken at entry ${broken}*  somebody changed what was written; keep a copy of the database before anything else.`;
  return message([
    section(mrkdwn`*Audit*`),
    section(chain),
    ...(entries.length > 0 ? [section(lines(...entries.slice(0, 20).map(entryLine)))] : []),
    context(mrkdwn`Each entry's hash covers the one before it.`),
  ]);
}

const entryLine = ({ at, actor, operation, outcome, detail }: AuditEntry) =>
  mrkdwn`${moment(at)}  ${person(actor)} ${operation}${outcome === "done" ? "" : mrkdwn` (${sentence(detail === "" ? outcome : `${outcome}: ${cut(detail, 80)}`)})`}`;
