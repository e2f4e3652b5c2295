import { createHash } from "node:crypto";

const BLOCK = 4 * 1024 * 1024;

/** Dropbox's hash of a file: of the hashes of its 4 MiB blocks. Source: its page on content hashes. */
export function contentHash(bytes: Buffer): string {
  const whole = createHash("sha256");
  for (let at = 0; at < bytes.length; at += BLOCK)
    whole.update(
      createHash("sha256")
        .update(bytes.subarray(at, at + BLOCK))
        .digest(),
    );
  return whole.digest("hex");
}
