import type { FileContent } from "#domain/ports/tools.ts";
import { ContentChanged } from "./content-changed.ts";
import { type ContentHash, hashes } from "./hashes.ts";

/** As much of a file as is held at a time: 20 times the 256 KB that Google counts in. */
export const chunkSize = 20 * 262_144;

export type Chunk = { bytes: Uint8Array; from: number; last: boolean };

export type Chunks = AsyncIterable<Chunk> & {
  /** Once all have passed: their hash by the way of the target. */
  digest(): string;
};

/**
 * A file in pieces of one size, the last one shorter. The last is handed out only if what has passed
 * has the hash that the source's record told; nothing is kept of a piece once the next is asked for.
 * @throws ContentChanged otherwise
 */
export function chunksOf(file: FileContent | null, told: string | null, target: string): Chunks {
  const ours = hashBy(target);
  const theirs = told === null ? null : hashBy(told);

  async function* passing(): AsyncIterable<Uint8Array> {
    for await (const bytes of file?.bytes(0) ?? []) {
      ours.update(bytes);
      theirs?.update(bytes);
      yield bytes;
    }
    const found = theirs === null ? null : `${algorithm(told ?? "")}:${theirs.digest()}`;
    if (found !== told) throw new ContentChanged("The file is not what its record said");
  }

  async function* pieces(): AsyncIterable<Chunk> {
    const room = Buffer.allocUnsafe(Math.min(chunkSize, Math.max(1, file?.size ?? chunkSize)));
    let filled = 0;
    let from = 0;
    for await (const bytes of passing()) {
      for (let at = 0; at < bytes.length;) {
        if (filled === room.length) {
          if (filled < chunkSize) throw new ContentChanged("The file is longer than it was");
          yield { bytes: room, from, last: false };
          from += filled;
          filled = 0;
        }
        const part = bytes.subarray(at, at + room.length - filled);
        room.set(part, filled);
        filled += part.length;
        at += part.length;
      }
    }
    yield { bytes: room.subarray(0, filled), from, last: true };
  }

  let digest: string | null = null;
  return {
    [Symbol.asyncIterator]: () => pieces()[Symbol.asyncIterator](),
    digest: () => (digest ??= `${target}:${ours.digest()}`),
  };
}

const algorithm = (hash: string): string => hash.split(":", 1)[0] ?? "";

function hashBy(hash: string): ContentHash {
  const make = hashes[algorithm(hash)];
  if (make === undefined) throw new TypeError(`No hash ${hash}`);
  return make();
}
