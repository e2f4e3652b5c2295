import { wrongColumnValue } from "../failures.ts";
import { BY_TEXT, type ColumnKind, isBlank, objectIn, soughtText } from "./column-kind.ts";

export const text: ColumnKind<string> = {
  type: "text",
  inner: "text",
  shows: "TextValue",
  operators: BY_TEXT,
  write(given) {
    if (isBlank(given)) return null;
    if (typeof given === "string") return given;
    if (typeof given === "number") return String(given);
    throw wrongColumnValue("a text column takes a string", "text");
  },
  text: (held) => held ?? "",
  value: (held) => held,
  fields: () => ({}),
  sought: soughtText,
};

const LONGEST = 2000;

export const longText: ColumnKind<string> = {
  type: "long_text",
  inner: "long-text",
  shows: "LongTextValue",
  operators: BY_TEXT,
  write(given) {
    if (isBlank(given)) return null;
    const words = objectIn(given)?.["text"] ?? given;
    if (typeof words !== "string")
      throw wrongColumnValue("a long text takes an object with text", "long-text");
    if (words.length > LONGEST)
      throw wrongColumnValue(`a long text has at most ${String(LONGEST)} characters`, "long-text");
    return words === "" ? null : words;
  },
  text: (held) => held ?? "",
  value: (held) => held && { text: held },
  fields: () => ({}),
  sought: soughtText,
};
