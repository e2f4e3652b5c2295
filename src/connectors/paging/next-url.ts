import { z } from "zod";
import { getAt, textOf } from "../json/path.ts";
import { PathText } from "../manifest/request-spec.ts";
import type { PagingKind } from "./paging.ts";

export const NextUrlOptions = z
  .strictObject({
    kind: z.literal("next_url"),
    at: PathText.describe("Where the answer has the address of the next page."),
  })
  .describe("Each answer brings the next page's own address; of it only path and query are used.");

/** The host of such an address is not believed: it is the tool's to name a page, not a host. */
export const nextUrl: PagingKind<z.output<typeof NextUrlOptions>> = {
  sets: [],
  make({ at }) {
    const get = getAt(at);
    return {
      first: {},
      variables: () => ({}),
      tied: () => false,
      next(_place, { body }) {
        const url = URL.parse(textOf(get(body)) ?? "", "https://tool.invalid");
        const given = textOf(get(body));
        if (url === null || given === null || given === "") return null;
        return { path: url.pathname + url.search };
      },
    };
  },
};
