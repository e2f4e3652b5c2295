import type { Counts } from "#domain/run.ts";
import type { Kept } from "./servers.ts";

/** What a run is to have done at the destination. */
export type Expected = { created: number; updated: number };

/**
 * Compares what the destination has seen with what there was to do, and with what the run says of
 * itself. @throws when a record was lost or written twice: then no figure means anything
 */
export const accounts =
  (records: number, look: () => Promise<Kept>) =>
  async (
    { created, updated }: Expected,
    counts: Counts | null,
    before: Pick<Kept, "created" | "updated"> = { created: 0, updated: 0 },
  ): Promise<void> => {
    const now = await look();
    const seen = {
      size: now.size,
      created: now.created - before.created,
      updated: now.updated - before.updated,
    };
    const said = counts === null ? seen : counts;
    const sound =
      seen.size === records &&
      seen.created === created &&
      seen.updated === updated &&
      said.created === created &&
      said.updated === updated;
    if (!sound)
      throw new Error(
        `Records were lost or written twice, so there is no figure: of ${records} the destination has ${seen.size}, ` +
          `${seen.created} created where ${created} were to be and ${seen.updated} updated where ${updated} were; ` +
          `the run says ${JSON.stringify(said)}.`,
      );
  };
