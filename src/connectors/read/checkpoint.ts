import { z } from "zod";
import type { Json } from "#domain/json.ts";
import type { Place } from "../paging/paging.ts";

/**
 * How far a source has been read. `since` alone is a finished read: the next one begins there. With a
 * `place` the read is under way: `stage` says in which list, `started` when it began.
 */
export type Checkpoint = {
  /** Null where everything is read. */
  since: string | null;
  under_way?: { stage: Stage; started: string; place: Place };
};

/** A read with deletes goes through the list, then through what the list leaves out. */
export type Stage = "list" | "changes" | "gone";

const Stored = z.object({
  since: z.string().nullable(),
  under_way: z
    .object({
      stage: z.enum(["list", "changes", "gone"]),
      started: z.string(),
      place: z.record(z.string(), z.unknown()),
    })
    .optional(),
});

/** What an engine handed back; anything that is not ours means from the beginning. */
export function checkpointOf(stored: Json | null): Checkpoint {
  const parsed = Stored.safeParse(stored);
  return parsed.success ? (parsed.data as Checkpoint) : { since: null };
}
