import { z } from "zod";
import { getAt, getFirst, textOf } from "../json/path.ts";
import { Paths, PathText } from "../manifest/request-spec.ts";
import type { PagingKind } from "./paging.ts";

export const CursorOptions = z
  .strictObject({
    kind: z.literal("cursor"),
    at: Paths.describe("Where the answer says how to go on; nothing there is the end."),
    more: PathText.optional().describe("Where it says whether there is more, beside the cursor."),
  })
  .describe("Each answer brings the {cursor} for the next page, as HubSpot and Airtable do.");

export const cursor: PagingKind<z.output<typeof CursorOptions>> = {
  sets: ["cursor"],
  make({ at, more }) {
    const get = getFirst(at);
    const isMore = more === undefined ? null : getAt(more);
    return {
      first: {},
      variables: (place) => ({ cursor: place["cursor"] }),
      tied: () => false,
      next(_place, { body }) {
        if (isMore !== null && textOf(isMore(body)) !== "true") return null;
        const next = textOf(get(body));
        return next === null || next === "" ? null : { cursor: next };
      },
    };
  },
};
