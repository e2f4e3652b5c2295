import {
  fieldsOf,
  only,
  type Cell,
  type Conversion,
  type Parts,
  type Rows,
  type Template,
} from "#domain/conversion.ts";
import { entityOf } from "#domain/entities/index.ts";
import { isBlank, type Fields, type Line, type Plain, type Value } from "#domain/fields.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import { asRead, type PageRecord, type SourceRecord } from "#domain/record.ts";

/**
 * A source as if it held what its records become. One that becomes several has ids such as `42#kickoff`;
 * one that becomes one keeps its id, so that others can refer to what was made of it. `object` is where
 * the records themselves are.
 */
export function converted(source: Source, conversion: Conversion, object: string): Source {
  const { from, records } = conversion;
  const entity = entityOf(from);
  const makers = Object.entries(records).map(
    ([name, template]) => [name, maker(template)] as const,
  );

  const convert = (read: PageRecord): SourceRecord[] => {
    const record = asRead(read);
    return makers.map(([name, make]) => ({
      ...record,
      id: idOf(record.id, name),
      content: contentOf(record, name, make),
    }));
  };

  function contentOf(
    { id, content }: SourceRecord,
    name: string,
    make: Make,
  ): SourceRecord["content"] {
    if (content.kind === "gone")
      return content.into === undefined ? content : { ...content, into: idOf(content.into, name) };
    const origin = entity.complete(content.fields);
    return {
      ...content,
      ...make({ ...origin, id }, content.problems),
      origin,
      of: id,
      ...(content.swallowed && { swallowed: content.swallowed.map((one) => idOf(one, name)) }),
    };
  }

  // What is made of it by a template is more than its text.
  const { decoding: _, ...undecoded } = source;
  return {
    ...undecoded,
    content: null,
    references: referencesOf(records, source, object),
    async estimate(checkpoint, signal) {
      const count = await source.estimate(checkpoint, signal);
      return count === null ? null : count * makers.length;
    },
    async *pages(checkpoint, about) {
      for await (const page of source.pages(checkpoint, { ...about, later: false }))
        yield { ...page, records: page.records.flatMap(convert) };
    },
    async read(ids, signal) {
      const wanted = new Set(ids);
      const origins = [...new Set(ids.map((id) => originOf(id, records)))];
      const found = (await source.read(origins, signal)).flatMap(convert);
      return found.filter(({ id }) => wanted.has(id));
    },
  };
}

const idOf = (id: string, name: string): string => (name === only ? id : `${id}#${name}`);

const originOf = (id: string, records: Conversion["records"]): string =>
  only in records ? id : id.slice(0, Math.max(0, id.lastIndexOf("#")));

/** A field taken over refers to what the source's refers to; the record's own id to where it is. */
function referencesOf(
  records: Conversion["records"],
  { references }: Source,
  object: string,
): Readonly<Record<string, string>> {
  const cells = Object.values(records).flatMap((template) => Object.entries(template));
  return Object.fromEntries(
    cells.flatMap(([name, cell]) => {
      const there = cell.kind !== "field" ? undefined : cell.field === "id" ? object : references[cell.field]; // prettier-ignore
      return there === undefined ? [] : [[name, there] as const];
    }),
  );
}

type Make = (
  fields: Fields,
  problems: readonly Problem[],
) => { fields: Fields; problems: readonly Problem[] };

function maker(template: Template): Make {
  const cells = Object.entries(template).map(([name, cell]) => [name, valueOf(cell)] as const);
  const users = Object.entries(template).map(([name, cell]) => [name, fieldsOf(cell)] as const);
  return (fields, problems) => ({
    fields: Object.fromEntries(cells.map(([name, value]) => [name, value(fields)])),
    // What is wrong with a field is wrong with all that is made of it; a condition may look at it too.
    problems: problems.flatMap((problem) => [
      problem,
      ...users.flatMap(([name, used]) =>
        problem.field !== null && used.includes(problem.field) ? [{ ...problem, field: name }] : [],
      ),
    ]),
  });
}

const valueOf = (cell: Cell | Rows): ((fields: Fields) => Value) => {
  if (cell.kind !== "lines") return plainOf(cell);
  const rows = cell.rows.map((row) =>
    Object.entries(row).map(([name, one]) => [name, plainOf(one)] as const),
  );
  return (fields) =>
    rows.map((row): Line => Object.fromEntries(row.map(([name, value]) => [name, value(fields)])));
};

function plainOf(cell: Cell): (fields: Fields) => Plain {
  switch (cell.kind) {
    case "constant":
      return () => cell.value;
    case "field":
      return (fields) => plainIn(fields, cell.field);
    case "text":
      return (fields) => textOf(cell.parts, (name) => plainIn(fields, name));
    case "path":
      return (fields) => textOf(cell.parts, (name) => oneName(plainIn(fields, name)));
    case "days_after":
      return (fields) => daysAfter(plainIn(fields, cell.field), cell.days);
    case "words":
      return (fields) => wordFor(cell, plainIn(fields, cell.field));
    default:
      return cell satisfies never;
  }
}

function plainIn(fields: Fields, name: string): Plain {
  const value = fields[name];
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

function textOf(parts: Parts, valueOf: (field: string) => Plain): string | null {
  const texts = parts.map((part) => (typeof part === "string" ? part : valueOf(part.field)));
  return texts.some(isBlank) ? null : texts.join("");
}

const wordFor = (cell: Extract<Cell, { kind: "words" }>, said: Plain): Plain =>
  typeof said !== "string" || said === "" ? null : (cell.words[said] ?? cell.else);

const oneName = (value: Plain): Plain =>
  typeof value === "string" ? value.replaceAll("/", "-").trim() : value;

/** A text that is no day stays as it is: the problem that came with it says so. */
function daysAfter(day: Plain, days: number): Plain {
  if (typeof day !== "string") return null;
  try {
    return Temporal.PlainDate.from(day).add({ days }).toString();
  } catch {
    return day;
  }
}
