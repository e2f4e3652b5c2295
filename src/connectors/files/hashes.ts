import { createHash } from "node:crypto";

/** A hash of bytes as they pass; `digest` is in small hexadecimal letters. */
export type ContentHash = { update(bytes: Uint8Array): void; digest(): string };

const dropboxBlock = 4 * 1024 * 1024;

/**
 * Dropbox: each block of 4 MiB is hashed by SHA-256, and the digests one after the other once more.
 * Source: dropbox.com/developers/reference/content-hash.
 */
function dropboxHash(): ContentHash {
  const whole = createHash("sha256");
  let block = createHash("sha256");
  let filled = 0;
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + dropboxBlock - filled);
        block.update(part);
        filled += part.length;
        at += part.length;
        if (filled < dropboxBlock) continue;
        whole.update(block.digest());
        block = createHash("sha256");
        filled = 0;
      }
    },
    digest() {
      if (filled > 0) whole.update(block.digest());
      return whole.digest("hex");
    },
  };
}

function plainHash(algorithm: string): ContentHash {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

/** Every way in which a tool tells what a file holds. A new one is one entry here. */
export const hashes: Readonly<Record<string, () => ContentHash>> = {
  md5: () => plainHash("md5"),
  sha1: () => plainHash("sha1"),
  sha256: () => plainHash("sha256"),
  dropbox: dropboxHash,
};
