import { type Codec, type Coder, refuse, type Refusal, shown, takesNothing } from "./codec.ts";
import { text } from "./text.ts";

const plain = text.make(null);
const known = new Set(Intl.supportedValuesOf("currency"));

const find = (given: string): string | Refusal =>
  known.has(given.toUpperCase())
    ? given.toUpperCase()
    : refuse(
        "BAD_CURRENCY",
        `${shown(given)} is not a currency; a three-letter code such as EUR is accepted`,
      );

const coder: Coder = {
  decode(native, around) {
    const value = plain.decode(native, around);
    return typeof value === "string" ? find(value) : value;
  },
  encode: (value) => find(String(value)),
};

export const currency: Codec = {
  about: "A currency by its ISO 4217 code.",
  fits: ["currency"],
  check: takesNothing,
  make: () => coder,
};
