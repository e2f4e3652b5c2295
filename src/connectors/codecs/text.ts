import { textOf } from "../json/path.ts";
import { type Codec, type Coder, refuse, takesNothing } from "./codec.ts";

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

/** The first character that cannot be kept; null for sound text. */
function badCharacter(text: string) {
  const nul = text.indexOf("\0");
  if (nul !== -1)
    return refuse("BAD_CHARACTER", `Character ${String(nul + 1)} is a NUL, which no text may hold`);
  if (text.isWellFormed()) return null;
  const half = [...text].findIndex((char) => !char.isWellFormed());
  return refuse(
    "BAD_CHARACTER",
    `Character ${String(half + 1)} is half a character (a lone surrogate); whole ones are accepted`,
  );
}
