import type { DeadLetter, DeadLetterState } from "#domain/dead-letter.ts";
import type { Fields } from "#domain/fields.ts";
import { deadLetterId, flowName, incidentId, runId } from "#domain/ids.ts";
import type { Problem } from "#domain/problem.ts";
import type { Way } from "#domain/truth.ts";
import { bytes, instant, jsonb, jsonText } from "../columns.ts";
import { index, integer, pgTable, sql, text, uniqueIndex } from "../drizzle.ts";

const waiting = sql`state in ('open', 'retrying')`;
const retrying = sql`state = 'retrying'`;
// The class of a problem is the fifth part of its fingerprint; the problem itself may hold what jsonb does not take.
export const couldNotBeMatched = sql`split_part(fingerprint, '|', 5) = 'ambiguous_match'`;
export const mayBeWritten = sql`split_part(fingerprint, '|', 5) = 'ambiguous_write'`;

/** Records that could not be written, each with all that happened to it. */
export const deadLetters = pgTable(
  "dead_letters",
  {
    id: text().primaryKey(),
    flow: text().notNull(),
    way: text().$type<Way>().notNull().default("there"),
    key: text().notNull(),
    incident: text(),
    state: text().$type<DeadLetterState["kind"]>().notNull(),
    /** Who took, wrote or discarded it, when and why. */
    stateBy: text("state_by"),
    stateAt: instant("state_at"),
    stateReason: text("state_reason"),
    problem: jsonText<Problem>().notNull(),
    fingerprint: text().notNull(),
    direction: text().$type<"read" | "write">().notNull(),
    fields: jsonText<Fields>().notNull(),
    edited: jsonText<Fields>(),
    hash: text().notNull(),
    raw: bytes().notNull(),
    attempts: integer().notNull(),
    firstSeen: instant("first_seen").notNull(),
    lastSeen: instant("last_seen").notNull(),
    run: text(),
    flowVersion: integer("flow_version"),
    history: jsonb<{ at: string; by: string; what: string }[]>().notNull(),
    version: integer().notNull(),
  },
  (t) => [
    uniqueIndex("dead_letters_one_open").on(t.flow, t.way, t.key).where(waiting),
    index("dead_letters_by_key").on(t.flow, t.key),
    index("dead_letters_by_incident").on(t.incident),
    // A page of a list is read from one of these, however many there are.
    index("dead_letters_waiting").on(t.firstSeen, t.id).where(waiting),
    index("dead_letters_waiting_by_flow").on(t.flow, t.firstSeen, t.id).where(waiting),
    index("dead_letters_waiting_by_incident").on(t.incident, t.firstSeen, t.id).where(waiting),
    // The few that somebody has in hand, or has to look at, are not looked for among a million others.
    index("dead_letters_retrying_by_flow").on(t.flow, t.firstSeen, t.id).where(retrying),
    index("dead_letters_retrying_by_incident").on(t.incident, t.firstSeen, t.id).where(retrying),
    index("dead_letters_undecided")
      .on(t.flow, t.firstSeen, t.id)
      .where(sql`${waiting} and ${mayBeWritten}`),
    index("dead_letters_open_causes").on(t.flow, t.fingerprint).where(waiting),
  ],
);

type Row = Omit<typeof deadLetters.$inferSelect, "raw">;

export const toLetter = (row: Row): DeadLetter => ({
  id: deadLetterId(row.id),
  flow: flowName(row.flow),
  way: row.way,
  key: row.key,
  incident: row.incident === null ? null : incidentId(row.incident),
  state: toState(row),
  problem: row.problem,
  direction: row.direction,
  fields: row.fields,
  edited: row.edited,
  hash: row.hash,
  attempts: row.attempts,
  firstSeen: row.firstSeen,
  lastSeen: row.lastSeen,
  run: row.run === null ? null : runId(row.run),
  flowVersion: row.flowVersion,
  history: row.history.map((entry) => ({ ...entry, at: Temporal.Instant.from(entry.at) })),
  version: row.version,
});

function toState({ state, stateBy, stateAt, stateReason, lastSeen }: Row): DeadLetterState {
  const by = stateBy ?? "Tieline";
  const at = stateAt ?? lastSeen;
  switch (state) {
    case "open":
      return { kind: "open" };
    case "retrying":
      return { kind: "retrying", by, since: at };
    case "written":
      return { kind: "written", by, at };
    case "superseded":
      return { kind: "superseded", at };
    case "discarded":
      return { kind: "discarded", by, reason: stateReason ?? "", at };
    default:
      return state satisfies never;
  }
}
