import { createHash } from "node:crypto";

const longest = 255;
/** Letters that look like what Dropbox does not take, one for each, so that a name can be told back. */
const signs = { backslash: "\u29f5", space: "\u2420", dot: "\uff0e", del: "\u2421" };

/**
 * A name as Dropbox takes it (unverified beyond its help pages): no backslash, no control characters,
 * no space or dot at the end, at most 255 bytes. The same name always becomes the same one.
 */
export const safeName = (name: string): string =>
  shortened(
    name
      .replaceAll("\\", signs.backslash)
      .replaceAll("\x7f", signs.del)
      .replace(/[\x01-\x1f]/g, (char) => String.fromCodePoint(0x2400 + char.charCodeAt(0)))
      .replace(/(?<![. ])[. ]+$/, (end) =>
        end.replaceAll(" ", signs.space).replaceAll(".", signs.dot),
      ),
  );

/** The name it was made from, where it was not cut. */
export const toldName = (name: string): string =>
  name
    .replaceAll(signs.backslash, "\\")
    .replaceAll(signs.del, "\x7f")
    .replace(/[\u2401-\u241f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x2400))
    .replace(/(?<![\u2420\uff0e])[\u2420\uff0e]+$/, (end) =>
      end.replaceAll(signs.space, " ").replaceAll(signs.dot, "."),
    );

/** What is cut is told by a hash of the whole, so that two long names stay two. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? "";
  const mark = `~${createHash("sha256").update(name).digest("hex").slice(0, 12)}${ending}`;
  const room = longest - Buffer.byteLength(mark);
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(name.slice(0, longest))) {
    if (Buffer.byteLength(kept + segment) > room) break;
    kept += segment;
  }
  return kept + mark;
}
