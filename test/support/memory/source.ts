import type { Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import type { Page, PageRecord, SourceRecord } from "#domain/record.ts";

type Row = {
  id: string;
  seq: number;
  fields: Fields | null;
  problems: readonly Problem[];
  merged?: { into: string } | { swallowed: readonly string[] };
};

export type MemorySource = { -readonly [Name in keyof Source]: Source[Name] } & {
  put(id: string, fields: Fields, problems?: readonly Problem[]): void;
  remove(id: string): void;
  /** One record becomes another, and its old row says into which. */
  merge(id: string, into: string, fields: Fields): void;
  /** The same, but only the new row says what it has swallowed. */
  swallow(id: string, into: string, fields: Fields): void;
  /** Whether lists show what is gone. */
  showsGone: boolean;
  /** Records that lists leave out though they are there. */
  hidden: Set<string>;
  rows: Map<string, Row>;
  pageSize: number;
  /** Called before each page and each read by id; what it throws, the read throws. */
  fault: () => void | Promise<void>;
  /** Pages read so far. */
  reads: number;
  /** Records decoded because somebody wanted to know more than their text. */
  decoded: number;
  /** Records of this page are sent twice, for sources that do. */
  doubles: boolean;
};

const isPlain = ({ fields, merged }: Row): boolean => fields !== null && merged === undefined;

/** A source whose records come in the order of their last change; the checkpoint is that order. */
export function memorySource(): MemorySource {
  let seq = 0;
  const rows = new Map<string, Row>();
  const asRecord = (row: Row): SourceRecord => ({
    id: row.id,
    changedAt: null,
    raw: () => new TextEncoder().encode(JSON.stringify({ id: row.id, ...row.fields })),
    ...(isPlain(row) && { text: () => JSON.stringify([row.id, row.fields, row.problems]) }),
    content:
      row.fields === null
        ? { kind: "gone", ...row.merged }
        : { kind: "live", fields: row.fields, problems: row.problems, ...row.merged },
  });
  const asUnread = ({ content, text, ...record }: SourceRecord): PageRecord => {
    if (content.kind === "gone" || text === undefined) return { ...record, content };
    const read = () => {
      source.decoded += 1;
      return content;
    };
    return { ...record, text, content: { kind: "unread", read } };
  };
  const since = (from: Json | null, gone: boolean): Row[] =>
    [...rows.values()]
      .filter((row) => row.seq > (typeof from === "number" ? from : 0))
      .filter((row) => (gone && source.showsGone) || row.fields !== null)
      .filter((row) => !source.hidden.has(row.id))
      .sort((a, b) => a.seq - b.seq);

  const source: MemorySource = {
    rows,
    pageSize: 10,
    reads: 0,
    decoded: 0,
    decoding: "in memory",
    content: null,
    sweeps: "never",
    showsGone: true,
    hidden: new Set(),
    references: {},
    doubles: false,
    fault: () => undefined,
    put(id, fields, problems = []) {
      rows.set(id, { id, seq: (seq += 1), fields, problems });
    },
    remove(id) {
      rows.set(id, { id, seq: (seq += 1), fields: null, problems: [] });
    },
    merge(id, into, fields) {
      rows.set(id, { id, seq: (seq += 1), fields: null, problems: [], merged: { into } });
      source.put(into, fields);
    },
    swallow(id, into, fields) {
      rows.delete(id);
      rows.set(into, {
        id: into,
        seq: (seq += 1),
        fields,
        problems: [],
        merged: { swallowed: [id] },
      });
    },
    async estimate(from) {
      return since(from, false).length;
    },
    async *pages(from, { gone, later = false, signal }): AsyncGenerator<Page> {
      let at: Json | null = from;
      for (;;) {
        signal.throwIfAborted();
        await source.fault();
        const some = since(at, gone).slice(0, source.pageSize);
        const last = some.at(-1);
        if (last === undefined) return;
        source.reads += 1;
        at = last.seq;
        const records = some.map((row) => (later ? asUnread(asRecord(row)) : asRecord(row)));
        yield { records: source.doubles ? [...records, ...records] : records, checkpoint: at };
      }
    },
    async read(ids) {
      await source.fault();
      return ids.map((id) => asRecord(rows.get(id) ?? { id, seq: 0, fields: null, problems: [] }));
    },
  };
  return source;
}
