import { z } from "zod";
import type { Json } from "#domain/json.ts";
import { parsePath, type Path } from "../json/path.ts";
import { Name, PathText, Template } from "./request-spec.ts";

/** `path | codec(arguments)`; the codec is `text` where none is named. */
const Line = z.string();

const Finer = z
  .literal(true)
  .optional()
  .describe("The tool keeps more than we can say: it is sent only where it has changed.");

const Length = z
  .int()
  .positive()
  .optional()
  .describe("How many characters it may have there; what has more is refused before it is sent.");

const Parts = z
  .strictObject({
    read: z
      .union([Line, z.array(Line).min(1)])
      .optional()
      .describe(
        "Where the tool has it: path | codec; of several lines the first that says something counts.",
      ),
    write: z
      .union([PathText, z.literal(false)])
      .optional()
      .describe("Where it is written, if that is another place; false where it cannot be."),
    as: Template.optional().describe("What is written there instead of the {value} itself."),
    codec: z.string().optional().describe("How it is written, if not as it is read."),
    empty: Template.optional().describe("What empties this field, if not what empties the others."),
    absent: z
      .literal("empty")
      .optional()
      .describe("It is empty where the tool leaves it out; else nothing is known of it then."),
    length: Length,
    finer: Finer,
  })
  .describe("A field that is read in one place or form and written in another.");

const Rows = z
  .strictObject({
    each: PathText.describe("The list of rows."),
    write: PathText.optional().describe("Where it is written, if that is another place."),
    only: z
      .record(z.string(), z.string())
      .default({})
      .describe("Rows that have these values; others are left out."),
    fields: z.record(Name, z.union([Line, Parts])).describe("Fields of a row."),
    with: z.record(z.string(), Template).default({}).describe("What each row written has besides."),
    length: Length,
    finer: Finer,
  })
  .describe("A list of rows, as an invoice has.");

/** How one canonical field stands in a tool's record. */
export const FieldSpec = z.union([Line, Rows, Parts]);
export type FieldSpec = z.output<typeof FieldSpec>;
export type RowsSpec = z.output<typeof Rows>;

/** What one line says: `properties.phone | phone`, `Notes | enum(a: b)`. */
export type FieldLine = { path: Path; pathText: string; codec: string; args: string | null };

/** A field that is one value: where it is read and written, and how. */
export type SingleField = {
  read: FieldLine | null;
  /** Where it is read if the first place says nothing, in this order. */
  further: readonly FieldLine[];
  write: { path: Path; pathText: string } | null;
  as: Json | null;
  /** What empties it; undefined where that is what empties the object's other fields. */
  empty: Json | undefined;
  /** How it is written. */
  codec: string;
  args: string | null;
  absent: "empty" | "unknown";
  /** The most characters it may have where it is written. */
  length: number;
  finer: boolean;
};

/** Undefined where the line cannot be read. */
export function parseFieldLine(line: string): FieldLine | undefined {
  const found = /^\s*((?:\{[^{}]*\}|'[^']*'|[^|{}'])+?)\s*(?:\|\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*)?$/.exec(line); // prettier-ignore
  const path = parsePath(found?.[1] ?? "");
  if (found === null || path === undefined || path.length === 0) return undefined;
  return {
    path,
    pathText: found[1] ?? "",
    codec: found[2] ?? "text",
    args: found[3] ?? null,
  };
}

export const isRows = (spec: FieldSpec): spec is RowsSpec =>
  typeof spec === "object" && "each" in spec;

/** A field that is one value, whichever way it was written down; undefined where it cannot be read. */
export function parseSingle(spec: Exclude<FieldSpec, RowsSpec>): SingleField | undefined {
  if (typeof spec === "string") return parseSingle({ read: spec });
  const lines = readLines(spec).map(parseFieldLine);
  if (!lines.every((line) => line !== undefined)) return undefined;
  const [read = null, ...further] = lines;
  const way = wayOf(spec.codec, read);
  if (way === undefined) return undefined;
  const { codec, args } = way;
  const write = placeOf(spec.write ?? read?.pathText ?? false);
  const { as = null, empty, absent = "unknown", length = Infinity, finer = false } = spec;
  return { read, further, write, as, empty, codec, args, absent, length, finer };
}

/** How it is written: as it says, else as it is read. */
const wayOf = (codec: string | undefined, read: FieldLine | null): FieldLine | undefined =>
  codec === undefined && read !== null ? read : parseFieldLine(`x | ${codec ?? "text"}`);

/** The lines a field is read by, in order. */
export const readLines = ({ read }: Exclude<FieldSpec, string | RowsSpec>): readonly string[] =>
  read === undefined || Array.isArray(read) ? (read ?? []) : [read];

function placeOf(text: string | false): SingleField["write"] {
  const path = text === false ? undefined : parsePath(text);
  return text === false || path === undefined ? null : { path, pathText: text };
}
