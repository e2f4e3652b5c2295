import type { FieldKind } from "#domain/entities/entity.ts";
import type { Plain } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";

/** What the rest of a record says that one value of it may need. */
export type Around = {
  /** Two-letter country of the record, else of the connection; null where neither is known. */
  country: string | null;
};

/** A value that is not what its field takes: our code in capitals, and a sentence for a person. */
export type Refusal = { refused: string; message: string };

/** Both directions of one field. Neither throws. */
export type Coder = {
  decode(native: Json, around: Around): Plain | Refusal;
  /** Not called for null: what says "empty" is the object's own affair. */
  encode(value: string | boolean): Json | Refusal;
};

/** What a connection's setting of this name says; the name itself where no connection is meant. */
export type SettingOf = (name: string) => string;

/** A named way of writing a value. */
export type Codec = {
  /** One sentence for people who write connectors. */
  about: string;
  /** Kinds of canonical fields it can stand at. */
  fits: readonly FieldKind["kind"][];
  /**
   * What may stand in its brackets, for the linter; a text says what is wrong. `reads` alone where nothing
   * is written by it.
   */
  check(args: string | null, kind: FieldKind, way: "reads" | "both"): string | null;
  make(args: string | null, settingOf?: SettingOf): Coder;
  /** Several of the tool's values are one of ours, so that ours leads back to only one of them. */
  coarse?(args: string | null): boolean;
};

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === "object" && value !== null && "refused" in value;

export const refuse = (refused: string, message: string): Refusal => ({ refused, message });

/** For codecs that take nothing in brackets. */
export const takesNothing = (args: string | null): string | null =>
  args === null ? null : "takes nothing in brackets";

/** A text as a message shows it: short, and on one line. */
export const shown = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
};

/** Of a value that is short by nature; nothing longer is looked at, however slow that would be. */
export const longestShort = 100;

/** More accents than that on one letter are no writing, and composing them takes for ever. */
const mostMarks = 100;
const someMarks = 1000;

/** The first character that cannot be kept; null for sound text. */
export function badCharacter(text: string): Refusal | null {
  const nul = text.indexOf("\0");
  if (nul !== -1)
    return refuse("BAD_CHARACTER", `Character ${String(nul + 1)} is a NUL, which no text may hold`);
  if (text.isWellFormed()) return text.length < someMarks ? null : tooManyMarks(text);
  const half = [...text].findIndex((char) => !char.isWellFormed());
  return refuse(
    "BAD_CHARACTER",
    `Character ${String(half + 1)} is half a character (a lone surrogate); whole ones are accepted`,
  );
}

function tooManyMarks(text: string): Refusal | null {
  for (const { index, 0: marks } of text.matchAll(/\p{M}+/gu))
    if (marks.length > mostMarks)
      return refuse("BAD_CHARACTER", `Character ${String(index + 1)} begins ${String(marks.length)} accents in a row`); // prettier-ignore
  return null;
}
