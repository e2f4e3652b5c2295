import { crc32 } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** A ZIP archive of texts by their paths, not compressed; always the same for the same texts. */
export function zip(texts: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(texts)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(text);
    const facts = factsOf(name, bytes);
    const local = Buffer.concat([numbers([4, LOCAL]), facts, numbers([2, 0]), name, bytes]);
    locals.push(local);
    const tail = numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    centrals.push(numbers([4, CENTRAL], [2, 20]), facts, tail, name);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = locals.length;
  const end = numbers(
    [4, END],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, central.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...locals, central, end]);
}

/** What both headers of an entry say: version, UTF-8 names, no compression, 1 January 1980, sizes. */
const factsOf = (name: Buffer, bytes: Buffer): Buffer =>
  numbers(
    [2, 20],
    [2, 0x800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc32(bytes)],
    [4, bytes.length],
    [4, bytes.length],
    [2, name.length],
  );

function numbers(...all: [size: 2 | 4, value: number][]): Buffer {
  return Buffer.concat(
    all.map(([size, value]) => {
      const written = Buffer.alloc(size);
      if (size === 2) written.writeUInt16LE(value);
      else written.writeUInt32LE(value);
      return written;
    }),
  );
}
