import { afterAll, expect, test } from "vitest";
import {
  postgresServer,
  stopPostgres,
  withPostgresStore,
  withStore,
} from "../support/with-store.ts";
import { bringThrough } from "./run.ts";

const server = await postgresServer();
afterAll(stopPostgres);

type Sent = { name: string; record: Buffer; key: string | null; code: string | null };

const f = `"f":{"name":"Ada"}`;
const whole = (name: string, record: string, { key = null as string | null, code = null as string | null } = {}): Sent => ({ name, record: Buffer.from(record), key, code }); // prettier-ignore
const refused = (code: string, name: string, record: string, key: string | null = null): Sent =>
  whole(name, record, { code, key });
/** A record under this id that is written as it is. */
const sound = (name: string, id: string, more = f, key = JSON.parse(`"${id}"`) as string): Sent =>
  whole(name, `{"id":"${id}",${more}}`, { key });
const badId = (name: string, id: string): Sent =>
  refused("BAD_KEY", name, `{ "id" : ${id}, ${f} }`);
const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

const records: readonly Sent[] = [
  sound("plain", "plain"),
  ...[66, 900, 2_000, 100_000].map(
    (levels) =>
    refused("TOO_DEEP", `${levels} levels`, `{"id":"deep${levels}",${f},"x":${nested(levels)}}`, `deep${levels}`), // prettier-ignore
  ),
  sound("62 levels", "deep62", `${f},"x":${nested(62)}`),
  ...[1_100_000, 3_000_000].map(
    (size) =>
    refused("TOO_LARGE", `${size} bytes`, `{"id":"large${size}",${f},"x":"${"x".repeat(size)}"}`, `large${size}`), // prettier-ignore
  ),
  sound("names that objects inherit", "proto", `"__proto__":{"f":{"name":"Eve"}},"constructor":{"prototype":{"f":1}},${f}`), // prettier-ignore
  sound("a name twice: the last counts, as for the tool's own parser", "twice", `"f":{"name":"Eve"},${f}`), // prettier-ignore
  sound("names with NUL and half a character", "names", `"a\\u0000":1,"\\ud800":2,${f}`),
  sound("bad values where nobody looks", "unread", `"x":"\\u0000\\ud800","n":1e400,${f}`),
  sound("an id in emoji", "👩‍👩‍👧"),
  sound("an id of a name", "__proto__"),
  sound("an id of another", "constructor"),
  sound("an id with space", " a "),
  sound("an id that is a path", "../../admin?x=1#y"),
  sound("a time that is none", "when", `"updated_at":"2026-02-30T99:00:00Z",${f}`),
  sound("a time beyond time", "later", `"updated_at":"+275760-09-13T00:00:00Z",${f}`),
  whole("2^53+1", `{"id":9007199254740993,${f}}`, { key: "9007199254740993" }),
  whole("2^53+2", `{"id":9007199254740994,${f}}`, { key: "9007199254740994" }),
  whole("1.50", `{"id":1.50,${f}}`, { key: "1.50" }),
  badId("NUL in the id", `"a\\u0000"`),
  badId("half a character in the id", `"a\\ud800"`),
  badId("another half in the id", `"a\\udc00"`),
  { ...badId("Latin-1 in the id", `"a"`), record: Buffer.from(`{"id":"a\xe9",${f}}`, "latin1") },
  badId("no id", "null"),
  badId("an empty id", `""`),
  badId("an id of 600 bytes", `"${"é".repeat(300)}"`),
  badId("an object as id", `{"a":1}`),
  refused("BAD_KEY", "a text", `"Ada"`),
  refused("BAD_KEY", "a number", "1e400"),
  refused("BAD_KEY", "a list", "[[1], 2]"),
  refused("BAD_KEY", "true", "true"),
  refused("BAD_KEY", "an empty object", "{}"),
  sound("plain after all of them", "last"),
];

const databases = [
  { database: "the embedded database", withStore, there: true },
  { database: "Postgres (skipped where there is none)", withStore: withPostgresStore, there: server !== undefined }, // prettier-ignore
];

for (const { database, withStore: open, there } of databases)
  test.skipIf(!there)(
    `a record that is no good ends as a dead letter with all its bytes, the others are written, on ${database}`,
    async () => {
      // Nothing at all stands among them: it is nobody's record and shifts nobody's bytes.
      const sent = records.flatMap(({ record }) => [Buffer.from("null"), record]);
      const { written, letters, run, twice, blockedMs } = await bringThrough(
        open,
        "customer",
        sent,
      );
      const all = [...letters.values()];
      for (const { name, record, key, code } of records) {
        const letter = all.find(({ raw }) => raw.equals(record));
        if (code === null) {
          expect([name, letter?.problem]).toEqual([name, undefined]);
          expect([name, written.get(key ?? "")]).toEqual([name, { name: "Ada" }]);
        } else {
          expect([name, letter?.problem.code]).toEqual([name, code]);
          if (key !== null) expect(letter?.key).toBe(key);
          expect(written.has(letter?.key ?? "")).toBe(false);
        }
      }
      expect(run.state).toEqual({ kind: "done" });
      expect(run.counts).toMatchObject({ read: records.length, deadLettered: all.length });
      expect(written.size + all.length).toBe(records.length);
      expect(twice).toEqual([]);
      expect(blockedMs).toBeLessThan(250);
    },
    120_000,
  );
