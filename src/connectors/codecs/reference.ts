import { textOf } from "../json/path.ts";
import { badCharacter, type Codec, type Coder, refuse, type Refusal, shown } from "./codec.ts";

const longest = 512;

/** The object, and whether the tool wants the id as a number: `contacts`, `clients: number`. */
const partsOf = (args: string | null): { object: string; numeric: boolean } | null => {
  const found = /^\s*([a-z][a-z0-9_]*)\s*(:\s*number\s*)?$/.exec(args ?? "");
  return found === null ? null : { object: found[1] ?? "", numeric: found[2] !== undefined };
};

const badId = (text: string): Refusal => refuse("BAD_REFERENCE", `${shown(text)} is not an id`);

const coder = (numeric: boolean): Coder => ({
  decode(native) {
    const id = textOf(native)?.trim();
    if (native === null || id === "") return null;
    if (id === undefined) return badId("A list or an object");
    return badCharacter(id) ?? (Buffer.byteLength(id) <= longest ? id : badId(id));
  },
  encode(value) {
    const id = String(value);
    if (!numeric) return id;
    return /^\d{1,30}$/.test(id) ? JSON.rawJSON(id.replace(/^0+(?=\d)/, "")) : badId(id);
  },
});

/** Which object of the same tool a reference leads to: `ref(contacts)`. */
export const objectOf = (args: string | null): string | null => partsOf(args)?.object ?? null;

export const reference: Codec = {
  about: "Another record by its id: ref(object), or ref(object: number) where ids are numbers.",
  fits: ["reference"],
  check: (args) =>
    partsOf(args) === null ? "needs an object of this connector, such as ref(contacts)" : null,
  make: (args) => coder(partsOf(args)?.numeric ?? false),
};
