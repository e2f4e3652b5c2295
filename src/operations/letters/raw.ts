import { z } from "zod";
import { findLetter } from "../find.ts";
import { letterField } from "../input.ts";
import { operation } from "../operation.ts";

/** More than that nobody reads; all of it is kept. */
const mostBytes = 8_192;

export const lettersRaw = operation("letters.raw", {
  title: "Seeing what a tool sent",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ letter: letterField }),
  told: ({ letter }) => ({ letter }),

  async run({ letter: id }, { world }) {
    const letter = await findLetter(world, id);
    const sent = Buffer.from((await world.letters.raw(letter.id)) ?? []);
    return {
      letter,
      text: textOf(sent),
      bytes: sent.length,
      shown: Math.min(sent.length, mostBytes),
    };
  },
});

/** Bytes that are no UTF-8 as escapes: "Jos\xe9". */
function textOf(sent: Buffer): string {
  const text = sent.subarray(0, mostBytes);
  if (sent.equals(Buffer.from(sent.toString()))) return text.toString();
  return text
    .toString("latin1")
    .replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
