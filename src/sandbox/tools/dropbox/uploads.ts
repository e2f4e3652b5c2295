import type { z } from "zod";
import { type Account, commitFile } from "./commit.ts";
import { contentHash } from "./content-hash.ts";
import { nested, refusing, routeError, tagged } from "./errors.ts";
import type { FileMetadata } from "./metadata.ts";
import type { Commit, upload as uploadShape } from "./shapes.ts";
import type { Sessions } from "./sessions.ts";

/** `upload`: a whole file in one request. What could not be saved may be saved elsewhere by its session. */
export function upload(
  account: Account,
  sessions: Sessions,
  arg: z.output<typeof uploadShape>,
  bytes: Buffer,
): FileMetadata {
  const { content_hash, ...commit } = arg;
  mustMatch(content_hash, bytes);
  mustHaveNoProperties(commit);
  const kept = () => sessions.keep(bytes);
  return refusing(
    { write: (reason) => tagged("path", { reason, upload_session_id: kept() }) },
    () => commitFile(account, commit, bytes),
  );
}

/** Throws where the bytes that came are not those that were sent. */
export function mustMatch(hash: string | null | undefined, bytes: Buffer): void {
  if (hash != null && hash.toLowerCase() !== contentHash(bytes))
    throw routeError(tagged("content_hash_mismatch"));
}

/** Properties need a template, and there is none here. */
export function mustHaveNoProperties({ property_groups: groups }: Commit): void {
  const [first] = groups ?? [];
  if (first === undefined) return;
  const missing = tagged("template_not_found", { template_not_found: first.template_id });
  throw routeError(nested("properties_error", missing));
}
