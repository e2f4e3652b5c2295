import { createHash } from "node:crypto";
import type { Account } from "./access.ts";
import { isEditors } from "./editors.ts";
import type { Content } from "./files.ts";
import { SHARED_DRIVE } from "./principals.ts";

/** Keeps bytes, with the three hashes that Drive tells of them. */
export function contentOf({ contents }: Account, bytes: Buffer): Content {
  const hash = (kind: string) => createHash(kind).update(bytes).digest("hex");
  return {
    name: contents.put(bytes),
    size: bytes.length,
    md5: hash("md5"),
    sha1: hash("sha1"),
    sha256: hash("sha256"),
  };
}

/** What My Drive takes up, trash included; editors' documents and shared drives do not count. */
export function usedBytes({ files }: Account, only: "all" | "trash" = "all"): number {
  let used = 0;
  for (const file of files.all()) {
    const counts = file.corpus !== SHARED_DRIVE && !isEditors(file.mimeType);
    if (counts && (only === "all" || files.isTrashed(file))) used += file.content?.size ?? 0;
  }
  return used;
}
