import { openHintedSource } from "#connectors/read/hinted-source.ts";
import { connectionName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { SourceRecord } from "#domain/record.ts";
import { expect, test } from "vitest";
import { memoryHints } from "../../support/memory/hints.ts";
import { never } from "../world.ts";

const end = { connection: connectionName("crm"), object: "contacts" };
const at = (since: string) => ({ since });

/** A tool with these records, of which "gone" ones are not there any more. */
function shelf() {
  const hints = memoryHints();
  const asked: string[] = [];
  const record = (id: string): SourceRecord => ({
    id,
    changedAt: null,
    raw: () => Buffer.from(id),
    content: id.startsWith("gone") ? { kind: "gone" } : { kind: "live", fields: { name: id }, problems: [] }, // prettier-ignore
  });
  const source: Source = {
    sweeps: "never",
    references: {},
    estimate: () => Promise.resolve(null),
    async *pages(from) {
      asked.push(`list ${JSON.stringify(from)}`);
      yield { records: [record("listed")], checkpoint: at("later") };
    },
    async read(ids) {
      asked.push(`read ${ids.join(" ")}`);
      return ids.map(record);
    },
    content: null,
  };
  const hinted = openHintedSource(source, { hints, end });
  const read = async (from: Json | null, about: { gone?: boolean; told?: boolean } = {}) => {
    const ids: string[] = [];
    let checkpoint = from;
    for await (const page of hinted.pages(from, { gone: true, told: false, signal: never, ...about })) {
      ids.push(...page.records.map(({ id }) => id));
      checkpoint = page.checkpoint;
    } // prettier-ignore
    return { ids, checkpoint };
  };
  const tell = (...records: (string | null)[]) =>
    hints.keep(
      end,
      records.map((one) => ({ record: one, into: null })),
    );
  return { hints, asked, read, tell, hinted };
}

test("what was told before everything was read is not read once more", async () => {
  const { tell, read, asked } = shelf();
  await tell("a", "b");
  const { checkpoint } = await read(null);
  expect(asked).toEqual(["list null"]);
  expect((await read(checkpoint, { told: true })).ids).toEqual([]);
});

test("for an event only what was named is read; a read by time asks for the rest as well", async () => {
  const { tell, read, asked } = shelf();
  const { checkpoint } = await read(null);
  await tell("a", "gone b");
  asked.length = 0;
  const first = await read(checkpoint, { told: true });
  expect(first.ids).toEqual(["a", "gone b"]);
  expect(asked).toEqual(["read a gone b"]);
  expect((await read(checkpoint, { told: true, gone: false })).ids).toEqual(["a"]);
  await tell("c");
  expect((await read(first.checkpoint)).ids).toEqual(["c", "listed"]);
  expect(asked.at(-1)).toBe('list {"since":"later"}');
});

test("where the tool did not say what has changed, it is asked", async () => {
  const { tell, read } = shelf();
  const { checkpoint } = await read(null);
  await tell("a", null);
  const told = await read(checkpoint, { told: true });
  expect(told.ids).toEqual(["a", "listed"]);
  expect((await read(told.checkpoint, { told: true })).ids).toEqual([]);
});

test("a read that was cut short goes on, also for an event", async () => {
  const { tell, read } = shelf();
  const place = { stage: "list", started: "2026-11-23T08:00:00Z", place: { at: "2" } };
  const from = { read: { since: null, under_way: place }, told: 0 };
  await tell("a");
  expect((await read(from, { told: true })).ids).toEqual(["a", "listed"]);
});

test("a checkpoint from before the tool told anything is the source's own", async () => {
  const { tell, read, asked } = shelf();
  await tell("a");
  expect((await read(at("before"))).ids).toEqual(["a", "listed"]);
  expect(asked.at(-1)).toBe('list {"since":"before"}');
});

test("many are read page by page, and none twice after a stop in between", async () => {
  const { tell, hinted, read } = shelf();
  const { checkpoint } = await read(null);
  await tell(...Array.from({ length: 250 }, (_, n) => `r${String(n)}`));
  const about = { gone: true, told: true, signal: never };
  let stopped: Json | null = null;
  for await (const page of hinted.pages(checkpoint, about)) {
    expect(page.records).toHaveLength(100);
    stopped = page.checkpoint;
    break;
  }
  const { ids } = await read(stopped, { told: true });
  expect(ids).toHaveLength(150);
  expect(ids[0]).toBe("r100");
});

test("a record that was said to be merged goes as what it became", async () => {
  const { hints, hinted, read } = shelf();
  const { checkpoint } = await read(null);
  await hints.keep(end, [{ record: "gone b", into: "a" }]);
  for await (const page of hinted.pages(checkpoint, { gone: true, told: true, signal: never }))
    expect(page.records).toMatchObject([{ id: "gone b", content: { kind: "gone", into: "a" } }]);
});
