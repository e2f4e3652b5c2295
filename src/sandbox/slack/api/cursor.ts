import { SlackRefusal } from "../refusal.ts";
import type { Arguments } from "./arguments.ts";

const most = 1000;

/** One page of a list, and where the next begins: an empty cursor after the last. */
export function pageOf<Item>(items: Item[], args: Arguments) {
  const limit = args.number("limit") ?? 0;
  if (!Number.isInteger(limit) || limit < 0) throw new SlackRefusal("invalid_limit");
  const from = startOf(args.text("cursor"));
  const to = from + (limit === 0 ? most : Math.min(limit, most));
  const next_cursor = to < items.length ? Buffer.from(`from:${to}`).toString("base64") : "";
  return { page: items.slice(from, to), response_metadata: { next_cursor } };
}

function startOf(cursor: string | undefined): number {
  if (!cursor) return 0;
  const from = /^from:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (from === undefined) throw new SlackRefusal("invalid_cursor");
  return Number(from);
}
