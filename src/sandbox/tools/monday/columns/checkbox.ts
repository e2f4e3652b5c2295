import { wrongColumnValue } from "../failures.ts";
import { type ColumnKind, isBlank, objectIn } from "./column-kind.ts";

/** Kept only while it is ticked; the text of a tick is "v". */
export const checkbox: ColumnKind<true> = {
  type: "checkbox",
  inner: "boolean",
  shows: "CheckboxValue",
  operators: ["is_empty", "is_not_empty"],
  write(given) {
    if (isBlank(given)) return null;
    const checked = objectIn(given)?.["checked"] ?? given;
    if (![true, false, "true", "false"].includes(checked as string))
      throw wrongColumnValue('checked is "true" or "false"', "boolean");
    return String(checked as string) === "true" ? true : null;
  },
  text: (held) => (held === null ? "" : "v"),
  value: (held) => held && { checked: true },
  fields: (held) => ({ checked: held === true }),
  sought: (held) => ({
    empty: held === null,
    text: "",
    terms: [],
    order: held === null ? 0 : 1,
  }),
};
