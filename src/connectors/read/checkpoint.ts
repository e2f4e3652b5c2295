import { z } from "zod";
import type { Json } from "#domain/json.ts";

/** A read with deletes goes through the list, then through what the list leaves out. */
const Stage = z.enum(["list", "changes", "gone"]);
export type Stage = z.output<typeof Stage>;

/**
 * How far a source has been read. `since` alone is a finished read: the next one begins there, at that
 * time or with that token of a feed; null where everything is read. With a `place` the read is under
 * way: `stage` says in which list, `started` when it began, `token` where its feed began.
 */
const Checkpoint = z.object({
  since: z.string().nullable(),
  under_way: z.exactOptional(
    z.object({
      stage: Stage,
      started: z.string(),
      token: z.exactOptional(z.string()),
      place: z.record(z.string(), z.json()),
    }),
  ),
});
export type Checkpoint = z.output<typeof Checkpoint>;

/** What an engine handed back; anything that is not ours means from the beginning. */
export function checkpointOf(stored: Json | null): Checkpoint {
  const parsed = Checkpoint.safeParse(stored);
  return parsed.success ? parsed.data : { since: null };
}
