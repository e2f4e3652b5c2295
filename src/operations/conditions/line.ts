import { isTest, type Test, type When, type Where } from "#domain/condition.ts";
import type { Field } from "#domain/entities/entity.ts";
import type { Plain } from "#domain/fields.ts";
import { nearest } from "../nearest.ts";

type Named = Readonly<Record<string, Pick<Field, "label" | "type">>>;
type Asked = Plain | Test;

/**
 * Conditions as somebody typed them, one a line: "Status is not lost", "total > 1000", "Due date before
 * today". Fields by label or by name. A text says what is wrong with a line, to stand under the input.
 */
export function conditionsIn(text: string, fields: Named): Where | string {
  const where: Record<string, Asked> = {};
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const read = conditionIn(line, fields);
    if (typeof read === "string") return read;
    const both = together(where[read.name], read.asked, Object.hasOwn(where, read.name));
    if (both === undefined)
      return `“${line.slice(0, 60)}” and the line before about the same field cannot both be meant.`;
    where[read.name] = both;
  }
  return where;
}

/** Two lines about one field both have to hold, where they ask for different things. */
function together(there: Asked | undefined, more: Asked, isThere: boolean): Asked | undefined {
  if (!isThere || there === undefined) return more;
  if (!isTest(there) || !isTest(more)) return undefined;
  if (there.not !== undefined && more.not !== undefined)
    return { ...there, not: [there.not, more.not].flat() };
  return Object.keys(more).some((operator) => operator in there)
    ? undefined
    : { ...there, ...more };
}

function conditionIn(line: string, fields: Named): { name: string; asked: Asked } | string {
  const named = nameIn(line, fields);
  if (named === null) return noField(line, fields);
  const type = fields[named.name]?.type.kind;
  const read = askedIn(named.rest, (text) => valueIn(text, type));
  return read === undefined
    ? `“${line.slice(0, 60)}” says nothing about its field. Please write is, is not, is one of, more than, less than, before, after, is filled or is empty.`
    : { name: named.name, asked: read };
}

/** The longest name that the line begins with: "Due date" is not "Due". */
function nameIn(line: string, fields: Named): { name: string; rest: string } | null {
  const names = Object.entries(fields).flatMap(([name, { label }]) => [
    { name, said: label.toLowerCase() },
    { name, said: name },
    { name, said: name.replaceAll("_", " ") },
  ]);
  const found = names
    .filter(
      ({ said }) => line.toLowerCase().startsWith(said) && /^\W|^$/.test(line.slice(said.length)),
    )
    .toSorted((a, b) => b.said.length - a.said.length)[0];
  return found === undefined
    ? null
    : { name: found.name, rest: line.slice(found.said.length).trim() };
}

type Value = (text: string) => Plain;
const dayly = (operator: "before" | "after") => (text: string) => ({ [operator]: dayIn(text) });

/** First match wins: "is not empty" before "is not". */
const forms: readonly (readonly [RegExp, (text: string, value: Value) => Asked])[] = [
  [/^(?:is )?(?:filled|not empty)()$/i, () => ({ filled: true })],
  [/^(?:is )?(?:empty|not filled)()$/i, () => ({ empty: true })],
  [/^(?:is )?(?:not one of|none of|not in)\s+(.+)$/i, (text, value) => ({ not: listIn(text, value) })], // prettier-ignore
  [/^(?:is )?(?:one of|any of|in)\s+(.+)$/i, (text, value) => ({ any: listIn(text, value) })],
  [/^(?:!=|<>|≠)\s*(.+)$/, (text, value) => ({ not: value(text) })],
  [/^(?:is not|isn['’]t|not)\s+(.+)$/i, (text, value) => ({ not: value(text) })],
  [/^(?:is )?(?:more than|greater than|over|above|>)\s*(.+)$/i, (text) => ({ more_than: text })],
  [/^(?:is )?(?:less than|under|below|<)\s*(.+)$/i, (text) => ({ less_than: text })],
  [/^(?:is )?before\s+(.+)$/i, dayly("before")],
  [/^(?:is )?after\s+(.+)$/i, dayly("after")],
  [/^=\s*(.*)$/, (text, value) => value(text)],
  [/^is\s+(.+)$/i, (text, value) => value(text)],
];

function askedIn(rest: string, value: Value): Asked | undefined {
  for (const [form, read] of forms) {
    const [, operand] = form.exec(rest) ?? [];
    if (operand !== undefined) return read(operand.trim(), value);
  }
  return undefined;
}

/** Values between commas, quoted where they have a comma themselves; "open or won" is such a list too. */
function listIn(text: string, value: Value): readonly Plain[] {
  const parts = text.match(/\s*(?:"(?:[^"\\]|\\.)*"|[^,]+)/g) ?? [];
  const split = parts.length === 1 && !text.includes('"') ? text.split(/\s+or\s+/i) : parts;
  return split.map((part) => part.trim()).filter((part) => part !== "").map((part) => value(unquoted(part))); // prettier-ignore
}

function unquoted(part: string): string {
  if (!/^".*"$/s.test(part)) return part;
  try {
    return String(JSON.parse(part));
  } catch {
    return part;
  }
}

/** "today - 7", "7 days ago", "in 7 days", "yesterday"; anything else is a day that stays, if it is one. */
function dayIn(text: string): When {
  const said = text.toLowerCase().replace(/\s+/g, " ");
  for (const [form, sign] of daysFromToday) {
    const [all, count = "1"] = form.exec(said) ?? [];
    if (all !== undefined) return { today: sign * Number(count) };
  }
  return said === "now" ? "today" : said === "today" ? said : text;
}
const daysFromToday: readonly (readonly [RegExp, 1 | -1])[] = [
  [/^today ?[-−–] ?([1-9]\d{0,4})(?: days?)?$/, -1],
  [/^today ?\+ ?([1-9]\d{0,4})(?: days?)?$/, 1],
  [/^([1-9]\d{0,4}) days? ago$/, -1],
  [/^in ([1-9]\d{0,4}) days?$/, 1],
  [/^yesterday$/, -1],
  [/^tomorrow$/, 1],
];

function valueIn(text: string, kind: string | undefined): Plain {
  if (text === "" || text === "(empty)") return null;
  return kind === "boolean" && /^(yes|no)$/i.test(text) ? /^yes$/i.test(text) : text;
}

function noField(line: string, fields: Named): string {
  const typed = /^(.+?)\s*(?:[=<>!:≠]|\b(?:is|isn't|not|more|less|before|after|over|under)\b|$)/i.exec(line); // prettier-ignore
  const name = (typed?.[1] ?? line).slice(0, 60);
  const known = Object.entries(fields).flatMap(([one, { label }]) => [label.toLowerCase(), one]);
  const meant = nearest(name, known);
  const begin = `There is no field “${name}”`;
  return meant === null ? `${begin}; those below are there.` : `${begin}; did you mean ${meant}?`;
}
