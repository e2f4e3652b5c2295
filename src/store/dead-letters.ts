import { and, asc, count, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm";
import type { HistoryEntry } from "#domain/dead-letter.ts";
import type { DeadLetters, LetterFilter } from "#domain/ports/dead-letters.ts";
import { clean } from "./clean.ts";
import { appended, entryOf } from "./history.ts";
import type { Database } from "./handle.ts";
import { deadLetters, toLetter } from "./tables/dead-letters.ts";
import { only } from "./written.ts";

const { raw, ...shown } = getTableColumns(deadLetters);

export const deadLettersIn = ({ orm }: Database): DeadLetters => ({
  async get(id) {
    const [row] = await orm.select(shown).from(deadLetters).where(eq(deadLetters.id, id));
    return row && toLetter(row);
  },

  async list({ after, limit, ...filter }) {
    const later =
      after &&
      sql`(first_seen, id) >
      (select l.first_seen, l.id from dead_letters l where l.id = ${after})`;
    const rows = await orm
      .select(shown)
      .from(deadLetters)
      .where(and(...matching(filter), later))
      .orderBy(asc(deadLetters.firstSeen), asc(deadLetters.id))
      .limit(limit);
    return rows.map(toLetter);
  },

  async count(filter) {
    const rows = await orm
      .select({ n: count() })
      .from(deadLetters)
      .where(and(...matching(filter)));
    return only(rows, "dead letters").n;
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

const unsettled: ("open" | "retrying")[] = ["open", "retrying"];

const matching = ({
  flow,
  incident,
  states = unsettled,
}: Omit<LetterFilter, "limit" | "after">) => [
  inArray(deadLetters.state, [...states]),
  flow && eq(deadLetters.flow, flow),
  incident && eq(deadLetters.incident, incident),
];

const history = (entry: HistoryEntry): SQL => appended("history", entryOf(entry));
