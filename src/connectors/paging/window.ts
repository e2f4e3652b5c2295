import { z } from "zod";
import { getAt, textOf } from "../json/path.ts";
import { PathText } from "../manifest/request-spec.ts";
import type { PagingKind, Place, Seen } from "./paging.ts";

export const WindowOptions = z
  .strictObject({
    kind: z.literal("window"),
    at: PathText.describe("Where the answer says how to go on; nothing there is the end."),
    cap: z.int().min(1).describe("Results of one query that the tool shows at most."),
  })
  .describe(
    "A {cursor} that ends at a wall. The list has to be in order of change: at the wall it begins again {since} the last change seen. Where one moment holds more than the wall, `tie` reads that moment by id.",
  );

/**
 * Places: `{since?, cursor?, count}` in a window, `{since, tie, cursor?, count}` within one moment,
 * where `tie` is the id after which it goes on.
 */
export const window: PagingKind<z.output<typeof WindowOptions>> = {
  sets: ["cursor"],
  make({ at, cap }) {
    const get = getAt(at);
    return {
      first: { count: 0 },
      tied: (place) => typeof place["tie"] === "string",
      variables: (place) => ({
        cursor: place["cursor"],
        ...(place["since"] === undefined ? {} : { since: place["since"] }),
        after_id: place["tie"],
      }),
      next(place, seen) {
        const count = Number(place["count"]) + seen.records.length;
        const cursor = textOf(get(seen.body));
        if (cursor !== null && cursor !== "" && count < cap) return { ...place, cursor, count };
        if (count < cap) return typeof place["tie"] === "string" ? afterMoment(place) : null;
        return atWall(place, seen);
      },
    };
  },
};

/** More than the wall shows: begin again where this window ended. */
function atWall(place: Place, { records }: Seen): Place | null {
  const last = records.at(-1);
  if (last === undefined) return null;
  if (typeof place["tie"] === "string") {
    return { since: place["since"] ?? null, tie: last.id, count: 0 };
  }
  if (last.changedAt === null) return null;
  if (last.changedAt === place["since"]) return { since: last.changedAt, tie: "0", count: 0 };
  return { since: last.changedAt, count: 0 };
}

/** The moment is read to its end; on with the next millisecond. */
function afterMoment(place: Place): Place {
  const moment = Temporal.Instant.from(String(place["since"]));
  return { since: moment.add({ milliseconds: 1 }).toString(), count: 0 };
}
