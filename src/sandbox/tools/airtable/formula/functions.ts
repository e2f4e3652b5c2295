import { type Call, call } from "./call.ts";
import { dates } from "./dates.ts";
import { isTrue, numberOf, textOf, type Value } from "./values.ts";

const ANY = Infinity;

const texts = (takes: Call["takes"], work: (...given: string[]) => Value): Call =>
  call(takes, (given) => work(...given.map(textOf)));

const numbers = (takes: Call["takes"], work: (...given: number[]) => number): Call =>
  call(takes, (given) => work(...given.map(numberOf)));

/** From 1; 0 where it is not found. */
const position = (what: Value = "", where: Value = "", from: Value = 1): number =>
  textOf(where).indexOf(textOf(what), Math.max(0, numberOf(from) - 1)) + 1;

/**
 * The functions that filters of connectors use, by name; the rest of Airtable's are refused as a
 * malformed formula. Source: Airtable's formula field reference.
 */
export const functions: Record<string, Call> = {
  AND: call([1, ANY], (given) => given.every(isTrue)),
  OR: call([1, ANY], (given) => given.some(isTrue)),
  XOR: call([1, ANY], (given) => given.filter(isTrue).length % 2 === 1),
  NOT: call([1, 1], ([value = null]) => !isTrue(value)),
  IF: {
    takes: [2, 3],
    work: ([condition, yes, no]) => (isTrue(condition?.() ?? null) ? yes?.() : no?.()) ?? null,
  },
  TRUE: call([0, 0], () => true),
  FALSE: call([0, 0], () => false),
  BLANK: call([0, 0], () => null),
  RECORD_ID: call([0, 0], (_, { id }) => id),

  LOWER: texts([1, 1], (text = "") => text.toLowerCase()),
  UPPER: texts([1, 1], (text = "") => text.toUpperCase()),
  TRIM: texts([1, 1], (text = "") => text.trim()),
  LEN: texts([1, 1], (text = "") => text.length),
  CONCATENATE: texts([1, ANY], (...given) => given.join("")),
  SUBSTITUTE: texts([3, 3], (text = "", from = "", to = "") => text.replaceAll(from, to)),
  LEFT: call([2, 2], ([text = "", count = 0]) => textOf(text).slice(0, numberOf(count))),
  RIGHT: call([2, 2], ([text = "", count = 0]) => {
    const wanted = numberOf(count);
    return wanted === 0 ? "" : textOf(text).slice(-wanted);
  }),
  FIND: call([2, 3], ([what, where, from]) => position(what, where, from)),
  /** As FIND, but blank where it is not found. */
  SEARCH: call([2, 3], ([what, where, from]) => position(what, where, from) || null),
  VALUE: texts([1, 1], (text = "") => {
    const digits = text.replace(/[^\d.-]/g, "");
    return digits === "" ? null : Number(digits);
  }),
  ARRAYJOIN: call([1, 2], ([list = null, separator = ", "]) =>
    Array.isArray(list) ? list.join(textOf(separator)) : textOf(list),
  ),

  ABS: numbers([1, 1], (value = 0) => Math.abs(value)),
  INT: numbers([1, 1], (value = 0) => Math.floor(value)),
  ROUND: numbers([1, 2], (value = 0, places = 0) => Math.round(value * 10 ** places) / 10 ** places), // prettier-ignore
  MIN: numbers([1, ANY], Math.min),
  MAX: numbers([1, ANY], Math.max),
  SUM: numbers([1, ANY], (...given) => given.reduce((sum, value) => sum + value, 0)),

  ...dates,
};
