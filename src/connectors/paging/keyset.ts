import { z } from "zod";
import type { PagingKind } from "./paging.ts";

export const KeysetOptions = z
  .strictObject({
    kind: z.literal("keyset"),
    start: z.string().default("0").describe("What stands for the id before the first record."),
  })
  .describe("Pages in order of id, each from {after_id} on; the end is a page without records.");

export const keyset: PagingKind<z.output<typeof KeysetOptions>> = {
  sets: ["after_id"],
  make({ start }) {
    return {
      first: { after_id: start },
      variables: (place) => ({ after_id: place["after_id"] }),
      tied: () => false,
      next(_place, { records }) {
        const last = records.at(-1);
        return last === undefined ? null : { after_id: last.id };
      },
    };
  },
};
