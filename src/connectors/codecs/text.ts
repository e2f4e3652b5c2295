import { textOf } from "../json/path.ts";
import { badCharacter, type Codec, type Coder, refuse, takesNothing } from "./codec.ts";

/**
 * Text without space around it, in Unicode's composed form; an empty one is none. Databases take
 * neither NUL nor half a character, so those are refused rather than changed in silence.
 */
const coder: Coder = {
  decode(native) {
    if (native === null) return null;
    const text = textOf(native);
    if (text === null) return refuse("BAD_TEXT", "This is a list or an object; a text is accepted");
    const bad = badCharacter(text);
    if (bad !== null) return bad;
    const tidy = text.trim();
    return tidy === "" ? null : tidy.normalize("NFC");
  },
  encode: (value) => badCharacter(String(value)) ?? String(value),
};

export const text: Codec = {
  about: "Any text; space around it is left out.",
  fits: ["text", "url", "email", "phone", "country", "currency"],
  check: takesNothing,
  make: () => coder,
};
