import type { PGliteLike } from "pg-boss";
import type { RowList, Sql } from "postgres";

/** The store's session of the embedded database. */
export type Session = {
  client: Sql;
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
};

/** The session as pg-boss knows PGlite. */
export const asPglite = ({ client, listen }: Session): PGliteLike => ({
  async query<T>(text: string, values: unknown[] = []) {
    return { rows: read(await client.unsafe(text, values.map(toSend))) as T[] };
  },
  async exec(text: string) {
    const answer: Answer | Answer[] = await client.unsafe(text).simple();
    return (isMany(answer) ? answer : [answer]).map((one) => ({ rows: read(one) }));
  },
  listen,
});

type Answer = RowList<Record<string, unknown>[]>;

/** Several statements are answered by a plain list. */
const isMany = (answer: Answer | Answer[]): answer is Answer[] => !("columns" in answer);

/** Postgres' own text for what pg-boss has as values. */
function toSend(value: unknown) {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain ? JSON.stringify(value) : (value as string);
}

/** What is answered by no rows has none, whatever the types of postgres.js say. */
const columnsOf = ({ columns }: Partial<Answer>) => columns ?? [];

/** The store has text handed over unread; pg-boss wants values. */
function read(answer: Answer): Record<string, unknown>[] {
  const readers = columnsOf(answer).map(({ name, type }) => [name, reader[type]] as const);
  return answer.map((row) => {
    const values: Record<string, unknown> = { ...row };
    for (const [name, read] of readers)
      if (read !== undefined && values[name] !== null) values[name] = read(String(values[name]));
    return values;
  });
}

const json = (text: string) => JSON.parse(text) as unknown;
const date = (text: string) => new Date(text);
/** int8, json, jsonb, timestamptz, date. */
const reader: Record<number, (text: string) => unknown> = {
  ...{ 20: Number, 114: json, 3802: json, 1184: date, 1082: date },
};
