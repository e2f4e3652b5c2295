import { isEditors } from "./editors.ts";
import type { DriveFile } from "./files.ts";
import { instantOf, type Operator, type Query } from "./query-syntax.ts";

/** What else a query must know of the account it searches. */
export type Surroundings = {
  isTrashed(file: DriveFile): boolean;
  /** What is written in a file, where it is text. */
  textOf(file: DriveFile): string;
  /** "root" by its real id. */
  resolve(id: string): string;
  email: string;
  app: string;
};

export function matches(query: Query, file: DriveFile, around: Surroundings): boolean {
  switch (query.kind) {
    case "and":
      return query.all.every((one) => matches(one, file, around));
    case "or":
      return query.all.some((one) => matches(one, file, around));
    case "not":
      return !matches(query.one, file, around);
    case "in":
      if (query.collection === "parents") return file.parent === around.resolve(query.value);
      return query.value === "me" || query.value.toLowerCase() === around.email;
    case "has": {
      const { key, value, collection } = query;
      const held = collection === "properties" ? file.properties : file.appProperties[around.app];
      return held?.[key] === value;
    }
    case "compare":
      return compares(query, file, around);
    default:
      return query satisfies never;
  }
}

type Comparison = Extract<Query, { kind: "compare" }>;

function compares(
  { field, operator, value }: Comparison,
  file: DriveFile,
  around: Surroundings,
): boolean {
  const text = String(value);
  switch (field) {
    case "name":
      return named(operator, file.name, text);
    case "fullText":
      return containsAll(`${file.name} ${file.description ?? ""} ${around.textOf(file)}`, text);
    case "mimeType":
      return operator === "contains"
        ? file.mimeType.startsWith(text)
        : ordered(operator, file.mimeType, value);
    case "modifiedTime":
      return ordered(operator, file.modified, instantOf(text));
    case "createdTime":
      return ordered(operator, file.created, instantOf(text));
    case "viewedByMeTime":
      return file.viewed !== null && ordered(operator, file.viewed, instantOf(text));
    default:
      return ordered(operator, plainOf(field, file, around), value);
  }
}

/** Nothing of anybody else's is shared with the people here, and nothing is public. */
function plainOf(field: string, file: DriveFile, around: Surroundings): string | boolean {
  switch (field) {
    case "trashed":
      return around.isTrashed(file);
    case "starred":
      return file.starred;
    case "sharedWithMe":
      return false;
    case "visibility":
      return "limited";
    default:
      return file.target?.id ?? "";
  }
}

/** `contains` finds the beginning of a name, or of a word in it after a space, and nothing inside. */
function named(operator: Operator, name: string, value: string): boolean {
  if (operator !== "contains") return ordered(operator, name, value);
  const [within, wanted] = [name.toLowerCase(), value.toLowerCase()];
  return within.startsWith(wanted) || within.includes(` ${wanted}`);
}

function containsAll(text: string, wanted: string): boolean {
  const within = text.toLowerCase();
  const phrase = /^"(.*)"$/s.exec(wanted)?.[1];
  const words = phrase === undefined ? wanted.split(/\s+/) : [phrase];
  return words.every((word) => within.includes(word.toLowerCase()));
}

function ordered<Value extends string | number | boolean>(
  operator: Operator,
  a: Value,
  b: string | number | boolean,
): boolean {
  switch (operator) {
    case "=":
    case "contains":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return operator satisfies never;
  }
}

/** Whether there is text in it to be searched. */
export const hasText = ({ mimeType, content }: DriveFile): boolean =>
  content !== null && (mimeType.startsWith("text/") || isEditors(mimeType));
