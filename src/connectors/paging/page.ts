import { z } from "zod";
import { getAt, textOf } from "../json/path.ts";
import { PathText } from "../manifest/request-spec.ts";
import type { PagingKind } from "./paging.ts";

export const PageOptions = z
  .strictObject({
    kind: z.literal("page"),
    first: z.int().min(0).max(1).default(1).describe("Number of the first page: 0 or 1."),
    pages: PathText.optional().describe("Where the answer says how many pages there are."),
  })
  .describe("Pages by their number {page}; without pages the end is a page without records.");

export const page: PagingKind<z.output<typeof PageOptions>> = {
  sets: ["page"],
  make({ first, pages }) {
    const last = pages === undefined ? null : getAt(pages);
    return {
      first: { page: first },
      variables: (place) => ({ page: place["page"] }),
      tied: () => false,
      next(place, { body, records }) {
        const number = Number(place["page"]);
        const count = last === null ? NaN : Number(textOf(last(body)) ?? NaN);
        if (records.length === 0) return null;
        if (Number.isFinite(count) && number - first + 1 >= count) return null;
        return { page: number + 1 };
      },
    };
  },
};
