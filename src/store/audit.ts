import { createHash } from "node:crypto";
import type { Audit, AuditEntry } from "#domain/ports/people.ts";
import { clean } from "./clean.ts";
import { asc, desc, eq, gt, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { audit, auditHead } from "./tables/audit.ts";
import { only } from "./written.ts";

type Unhashed = Omit<AuditEntry, "seq" | "hash">;

/**
 * Each row's hash is sha256 of the hash before, the row's number and its content. The end of the chain
 * is a row of its own: whoever appends locks it, so the chain never forks, and a tail that was cut off
 * is missed.
 */
export const auditIn = (db: Database): Audit => ({
  async append(entry) {
    const row = cleaned(entry);
    only(
      await db.rows(sql`
        with head as (
          insert into audit_head as h (id, seq, hash) values ('head', 1, ${sha256(link("", 1, row))})
          on conflict (id) do update set seq = h.seq + 1,
            hash = encode(sha256(convert_to(h.hash || E'\n' || (h.seq + 1) || E'\n' || ${content(row)}::text, 'UTF8')), 'hex')
          returning seq, hash
        )
        insert into audit (seq, at, actor, operation, input, outcome, detail, hash)
        select seq, ${row.at.toString()}::timestamptz, ${row.actor}, ${row.operation}, ${row.input},
          ${row.outcome}, ${row.detail}, hash from head
        returning seq`),
      "audit",
    );
  },

  list: (limit) => db.orm.select().from(audit).orderBy(desc(audit.seq)).limit(limit),

  async verify() {
    let before = { seq: 0, hash: "" };
    let broken: number | null = null;
    let rows = 0;
    for await (const row of all(db)) {
      rows += 1;
      broken ??= row.seq === before.seq + 1 ? null : before.seq + 1;
      broken ??= row.hash === sha256(link(before.hash, row.seq, row)) ? null : row.seq;
      before = row;
    }
    const [head] = await db.orm.select().from(auditHead).where(eq(auditHead.id, "head"));
    const end = head ?? { seq: 0, hash: "" };
    return { rows, broken: broken ?? missedAtEnd(before, end), head: end.hash };
  },
});

type End = { seq: number; hash: string };

/** Rows cut off the tail, or added to it without the chain's end knowing. */
function missedAtEnd(last: End, end: End): number | null {
  if (end.seq !== last.seq) return Math.min(end.seq, last.seq) + 1;
  return end.hash === last.hash ? null : end.seq;
}

async function* all(db: Database): AsyncGenerator<AuditEntry> {
  for (let after = 0; ;) {
    const rows = await db.orm
      .select()
      .from(audit)
      .where(gt(audit.seq, after))
      .orderBy(asc(audit.seq))
      .limit(1000);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

const link = (before: string, seq: number, row: Unhashed) => `${before}\n${seq}\n${content(row)}`;

const content = ({ at, actor, operation, input, outcome, detail }: Unhashed) =>
  JSON.stringify([at.toString(), actor, operation, input, outcome, detail]);

/** As the database will give it back: text without NUL, time to the microsecond. */
const cleaned = (entry: Unhashed): Unhashed => ({
  at: entry.at.round("microsecond"),
  actor: clean(entry.actor),
  operation: clean(entry.operation),
  input: clean(entry.input),
  outcome: entry.outcome,
  detail: clean(entry.detail),
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
