import { mostCounted, type HistoryEntry } from "#domain/dead-letter.ts";
import type { DeadLetterId } from "#domain/ids.ts";
import type { DeadLetters, LetterFilter } from "#domain/ports/dead-letters.ts";
import { clean } from "./clean.ts";
import { among } from "./columns.ts";
import { and, asc, count, eq, getTableColumns, inArray, sql, type SQL } from "./drizzle.ts";
import { appended, entryOf } from "./history.ts";
import type { Database } from "./handle.ts";
import { deadLetters, mayBeWritten, toLetter } from "./tables/dead-letters.ts";
import { only } from "./written.ts";

const { raw, ...shown } = getTableColumns(deadLetters);

export const deadLettersIn = ({ orm }: Database): DeadLetters => ({
  async get(id) {
    const [row] = await orm.select(shown).from(deadLetters).where(eq(deadLetters.id, id));
    return row && toLetter(row);
  },

  async those(ids) {
    const rows = await orm.select(shown).from(deadLetters).where(among(deadLetters.id, ids));
    return rows.map(toLetter);
  },

  async list({ after, limit, ...filter }) {
    const later = after && (await laterThan(orm, after));
    const rows = await orm
      .select(shown)
      .from(deadLetters)
      .where(and(...matching(filter), later))
      .orderBy(asc(deadLetters.firstSeen), asc(deadLetters.id))
      .limit(limit);
    return rows.map(toLetter);
  },

  async count(filter, most = mostCounted) {
    const some = orm
      .select({ id: deadLetters.id })
      .from(deadLetters)
      .where(and(...matching(filter)))
      .limit(most)
      .as("some");
    return only(await orm.select({ n: count() }).from(some), "dead letters").n;
  },

  async raw(id) {
    const [row] = await orm.select({ raw }).from(deadLetters).where(eq(deadLetters.id, id));
    return row?.raw;
  },

  async edit(id, version, fields, entry) {
    const rows = await orm
      .update(deadLetters)
      .set({ edited: fields, version: sql`version + 1`, history: history(entry) })
      .where(
        and(
          eq(deadLetters.id, id),
          eq(deadLetters.version, version),
          inArray(deadLetters.state, unsettled),
        ),
      )
      .returning({ id: deadLetters.id });
    return rows.length === 1;
  },

  async discard(id, by, reason, at) {
    const what = reason === "" ? "Discarded" : `Discarded: ${reason}`;
    const rows = await orm
      .update(deadLetters)
      .set({
        state: "discarded",
        stateBy: clean(by),
        stateAt: at,
        stateReason: clean(reason),
        version: sql`version + 1`,
        history: history({ at, by, what }),
      })
      .where(and(eq(deadLetters.id, id), eq(deadLetters.state, "open")))
      .returning({ id: deadLetters.id });
    return rows.length === 1;
  },
});

/** By key, which an index can begin at; a place told by a subquery or an offset would be walked to. */
async function laterThan(orm: Database["orm"], after: DeadLetterId): Promise<SQL> {
  const { id, firstSeen } = deadLetters;
  const [row] = await orm.select({ firstSeen }).from(deadLetters).where(eq(id, after));
  if (row === undefined) return sql`false`;
  return sql`(first_seen, id) > (${row.firstSeen.toString()}::timestamptz, ${after}::text)`;
}

const unsettled: ("open" | "retrying")[] = ["open", "retrying"];

const matching = ({
  flow,
  incident,
  states = unsettled,
  undecided,
}: Omit<LetterFilter, "limit" | "after">) => [
  // Spelled out, so that the planner sees which index holds them.
  sql.raw(`state in (${states.map((state) => `'${state}'`).join(", ")})`),
  flow && eq(deadLetters.flow, flow),
  incident && eq(deadLetters.incident, incident),
  undecided && mayBeWritten,
];

const history = (entry: HistoryEntry): SQL => appended("history", entryOf(entry));
