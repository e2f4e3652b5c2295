import { z } from "zod";
import type { PagingKind } from "./paging.ts";

export const PositionOptions = z
  .strictObject({
    kind: z.literal("position"),
    first: z.int().min(0).max(1).describe("Number of the first record: 0 or 1."),
    until: z
      .enum(["empty", "short"])
      .default("empty")
      .describe("The end is a page without records, or one with fewer than {size}."),
    overlap: z
      .int()
      .min(0)
      .default(0)
      .describe(
        "How many records of a page the next one brings again, where what changes meanwhile moves the rest forward. Needs until: short.",
      ),
    size: z.int().min(1).optional(),
  })
  .describe("Pages by the {position} of their first record, as QuickBooks does.");

/** Moves on by what came, not by what was asked for: a tool may give fewer. */
export const position: PagingKind<z.output<typeof PositionOptions>> = {
  sets: ["position"],
  make({ first, until, overlap, size = 1 }) {
    return {
      first: { position: first },
      variables: (place) => ({ position: place["position"] }),
      tied: () => false,
      next(place, { records }) {
        if (records.length === 0 || (until === "short" && records.length < size)) return null;
        return { position: Number(place["position"]) + Math.max(1, records.length - overlap) };
      },
    };
  },
};
