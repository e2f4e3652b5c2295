import { z } from "zod";
import { cursor, CursorOptions } from "./cursor.ts";
import type { Pager } from "./paging.ts";
import { position, PositionOptions } from "./position.ts";
import { window, WindowOptions } from "./window.ts";

/** Every paging kind a manifest may name. A new one is a new file and one line in each of these. */
export const Paging = z.discriminatedUnion("kind", [CursorOptions, PositionOptions, WindowOptions]);
export type Paging = z.output<typeof Paging>;

export const pagingKinds = { cursor, position, window };

export function pagerOf(paging: Paging, size: number | undefined): Pager {
  switch (paging.kind) {
    case "cursor":
      return cursor.make(paging);
    case "position":
      return position.make({ ...paging, ...(size === undefined ? {} : { size }) });
    case "window":
      return window.make(paging);
    default:
      return paging satisfies never;
  }
}
