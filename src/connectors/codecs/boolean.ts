import { type Codec, type Coder, refuse, shown } from "./codec.ts";
import { textOf } from "../json/path.ts";

const words: Readonly<Record<string, boolean>> = { true: true, false: false, yes: true, no: false };

const decode: Coder["decode"] = (native) => {
  const word = textOf(native)?.trim().toLowerCase();
  if (native === null || word === "") return null;
  return (
    (word === undefined || !Object.hasOwn(words, word) ? undefined : words[word]) ??
    refuse("BAD_BOOLEAN", `${shown(word ?? "A list or an object")} is not yes or no`)
  );
};

const encode: Coder["encode"] = (value) =>
  value === true || value === "true"
    ? true
    : value === false || value === "false"
      ? false
      : refuse("BAD_BOOLEAN", `${shown(String(value))} is not yes or no`);

const asText: Coder = {
  decode,
  encode(value) {
    const truth = encode(value);
    return typeof truth === "boolean" ? String(truth) : truth;
  },
};

/** True and false; tools that keep texts only get `true` and `false` as texts: boolean(text). */
export const boolean: Codec = {
  about: "Yes or no; boolean(text) writes the words true and false.",
  fits: ["boolean"],
  check: (args) => (args === null || args === "text" ? null : "may have (text) or nothing"),
  make: (args) => (args === "text" ? asText : { decode, encode }),
};
