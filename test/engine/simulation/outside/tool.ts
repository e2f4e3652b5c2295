import type { Incoming } from "#connectors/egress.ts";
import { hashes } from "#connectors/files/hashes.ts";
import { answer, refusal, type Asked } from "./answers.ts";
import { keyOf, type ObjectName } from "./manifest.ts";
import { pageOf } from "./pages.ts";
import { makeRows, type NativeFields, type Row, type Rows } from "./rows.ts";
import type { Shape } from "./shape.ts";
import { makeWriting } from "./writing.ts";

/** What a tool makes of what it is given, and what it says no to. */
export type Habits = {
  /** The fields as it keeps them. */
  keeps(object: ObjectName, fields: NativeFields): NativeFields;
  /** The code and field of a refusal; null where it takes them. */
  refuses(object: ObjectName, fields: NativeFields): { code: string; field: string } | null;
  /** Whether no two of its customers may have one e-mail; `told`: whether it says which has it. */
  unique: "no" | "told" | "untold";
  /** A record is about to be updated by us. */
  before(row: Row, fields: NativeFields): void;
  /** Somebody's automation there: what it does with a record that was just written. */
  after(object: ObjectName, row: Row): void;
};

export type SimTool = {
  name: string;
  shape: Shape;
  rows: Rows;
  habits: Habits;
  /** Its own clock, in milliseconds. */
  now(): number;
  answer(asked: Asked): Incoming;
  /** As it would send it. */
  shown(row: Row): Record<string, unknown>;
  /** A list was asked for that does not show all of it yet. */
  late(): void;
  /** A list showed a record as it was before. */
  stale(): void;
  /** Fields that it sends though nobody knows them. */
  extra: Record<string, unknown>;
};

/** A tool that speaks what manifest.ts says, by a clock of its own. */
export function makeTool(name: string, shape: Shape, clock: () => number): SimTool {
  const rows = makeRows(name.charAt(0), clock);
  const writing = makeWriting(() => tool);

  function find({ object, body }: Asked): Incoming {
    const { values } = body as { values: readonly string[] };
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    const now = clock();
    const found = rows
      .live(object)
      .filter(({ findableMs }) => findableMs <= now)
      .filter(({ fields }) => wanted.has(String(fields[keyOf[object]]).toLowerCase()));
    return answer(200, { items: found.map(tool.shown) });
  }

  function read({ object, body }: Asked): Incoming {
    const { ids } = body as { ids: readonly string[] };
    const found = ids.flatMap((id) => rows.of(object).get(id) ?? []);
    const shownOnes = found.filter(({ deleted }) => !deleted || shape.deletes === "flag");
    return answer(200, { items: shownOnes.map(tool.shown) });
  }

  const tool: SimTool = {
    name,
    shape,
    rows,
    habits: { keeps: (_object, fields) => fields, refuses: () => null, unique: "no", before: () => undefined, after: () => undefined }, // prettier-ignore
    now: clock,
    late: () => undefined,
    stale: () => undefined,
    extra: {},
    shown: ({ id, fields, version, deleted, updatedMs, bytes }) => ({
      id,
      ...fields,
      ...tool.extra,
      ...(bytes !== null && { hash: hashOf(bytes), size: String(bytes.length) }),
      version: String(version),
      updated: new Date(updatedMs).toISOString(),
      ...(deleted && { deleted }),
    }),
    answer(asked) {
      switch (asked.what) {
        case "list":
        case "gone":
          return pageOf(tool, asked);
        case "read":
          return read(asked);
        case "find":
          return find(asked);
        case "write":
          return writing.write(asked);
        case "upload":
          return writing.upload(asked);
        case "download":
        case "token":
        case "other":
          return refusal(404, "NOT_FOUND");
        default:
          return asked.what satisfies never;
      }
    },
  };
  return tool;
}

/** As Dropbox tells what a file holds. */
export function hashOf(bytes: Buffer): string {
  const hash = hashes["dropbox"]?.();
  hash?.update(bytes);
  return hash?.digest() ?? "";
}
