import { gzipSync } from "node:zlib";

export type Entry = { name: string; body: string };

const BLOCK = 512;

/** A gzipped tar of JSON files in a folder, as Mailchimp packs the results of a batch. */
export function tarGz(folder: string, entries: Entry[]): Buffer {
  const blocks = [
    header(`${folder}/`, 0, "5"),
    ...entries.flatMap(({ name, body }) => {
      const bytes = Buffer.from(body);
      const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
      return [header(`${folder}/${name}`, bytes.length, "0"), bytes, padding];
    }),
    Buffer.alloc(2 * BLOCK),
  ];
  return gzipSync(Buffer.concat(blocks));
}

/** A header of the ustar format: fields of fixed width, numbers in octal, a checksum over all of it. */
function header(name: string, size: number, type: "0" | "5"): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (at: number, text: string) => block.write(text, at, "utf8");
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  put(0, name);
  put(100, octal(type === "5" ? 0o755 : 0o644, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(size, 12));
  put(136, octal(Math.floor(Date.now() / 1000), 12));
  put(148, " ".repeat(8));
  put(156, type);
  put(257, "ustar\0");
  put(263, "00");
  put(
    148,
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
  );
  return block;
}
