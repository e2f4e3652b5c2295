import { textOf } from "../json/path.ts";
import { badCharacter, type Codec, type Coder, refuse, takesNothing } from "./codec.ts";

/** Most texts are so, and cost nothing then: ASCII without space around it. */
const tidyAlready = /^[!-~](?:[ -~]*[!-~])?$/;

/** Nothing below U+0300 is composed of others (UAX 15), and here is no NUL and no half a character. */
const simple = /^[\x01-\u02ff]*$/;

/**
 * Text without space around it, in Unicode's composed form; an empty one is none. Databases take
 * neither NUL nor half a character, so those are refused rather than changed in silence.
 */
const coder: Coder = {
  decode(native) {
    if (native === null) return null;
    if (typeof native === "string" && tidyAlready.test(native)) return native;
    const text = textOf(native);
    if (text === null) return refuse("BAD_TEXT", "This is a list or an object; a text is accepted");
    if (simple.test(text)) return text.trim() || null;
    const bad = badCharacter(text);
    if (bad !== null) return bad;
    const tidy = text.trim();
    return tidy === "" ? null : tidy.normalize("NFC");
  },
  encode(value) {
    const text = String(value);
    return tidyAlready.test(text) ? text : (badCharacter(text) ?? text);
  },
};

export const text: Codec = {
  about: "Any text; space around it is left out.",
  fits: ["text", "url", "email", "phone", "country", "currency"],
  check: takesNothing,
  make: () => coder,
};
