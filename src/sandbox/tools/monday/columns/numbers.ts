import { wrongColumnValue } from "../failures.ts";
import { BY_SIZE, type ColumnKind, isBlank } from "./column-kind.ts";

/** Kept as the digits that were written. */
export const numbers: ColumnKind<string> = {
  type: "numbers",
  inner: "numeric",
  shows: "NumbersValue",
  operators: BY_SIZE,
  write(given) {
    if (isBlank(given)) return null;
    const digits = typeof given === "number" ? String(given) : given;
    if (typeof digits !== "string" || !/^-?\d+(\.\d+)?$/.test(digits.trim()))
      throw wrongColumnValue("a number is expected", "numeric");
    return digits.trim();
  },
  text: (held) => held ?? "",
  value: (held) => held,
  fields: (held) => ({
    number: held === null ? null : Number(held),
    symbol: null,
    direction: null,
  }),
  sought: (held) => ({
    empty: held === null,
    text: held ?? "",
    terms: held === null ? [] : [String(Number(held))],
    order: held === null ? -Infinity : Number(held),
  }),
};
