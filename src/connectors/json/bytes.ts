import { isUtf8 } from "node:buffer";

/** A byte that belongs to no character becomes half of one: no text may hold it, and it leads back. */
const halves = 0xdc00;

/**
 * The text of an answer. Bytes that are no UTF-8 (a name in Latin-1) do not become a "�" that nobody
 * could tell from the tool's own: a lone surrogate stands for each, which every field refuses.
 */
export function textOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  const parts: string[] = [];
  for (let at = 0, from = 0; from < bytes.length; at = from) {
    while (at < bytes.length) {
      const length = lengthOf(bytes, at);
      if (length === 0) break;
      at += length;
    }
    parts.push(bytes.toString("utf8", from, at));
    const stray = bytes[at];
    if (stray !== undefined) parts.push(String.fromCharCode(halves + stray));
    from = at + 1;
  }
  return parts.join("");
}

/** The bytes that such a text was made from. */
export function bytesOfText(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const parts: Buffer[] = [];
  let from = 0;
  for (const { index, 0: stray } of text.matchAll(/[\udc80-\udcff]/gu)) {
    parts.push(Buffer.from(text.slice(from, index)), Buffer.from([stray.charCodeAt(0) - halves]));
    from = index + 1;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(from))]);
}

/** How many bytes the character that begins here has; 0 where none does (RFC 3629). */
function lengthOf(bytes: Buffer, at: number): number {
  const first = byteOf(bytes, at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let next = 1; next < length; next++) if (byteOf(bytes, at + next) >> 6 !== 2) return 0;
  return length === 2 || isShortest(first, byteOf(bytes, at + 1)) ? length : 0;
}

const byteOf = (bytes: Buffer, at: number): number => bytes[at] ?? 0;

/** Neither longer than it had to be, nor half a character, nor beyond the last one. */
function isShortest(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}
