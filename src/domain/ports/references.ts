import type { End } from "../flow.ts";

/** Where records that others refer to have got to. */
export type References = {
  /**
   * Ids at `to` of the records that have these ids at `from`, as far as flows between the two have
   * linked them, whichever way those flows go. Null where no flow goes between them.
   */
  where(from: End, to: End, ids: readonly string[]): Promise<ReadonlyMap<string, string> | null>;
};
