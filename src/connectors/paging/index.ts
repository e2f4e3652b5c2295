import { z } from "zod";
import { cursor, CursorOptions } from "./cursor.ts";
import { keyset, KeysetOptions } from "./keyset.ts";
import { nextUrl, NextUrlOptions } from "./next-url.ts";
import { page, PageOptions } from "./page.ts";
import type { Pager } from "./paging.ts";
import { position, PositionOptions } from "./position.ts";
import { window, WindowOptions } from "./window.ts";

/** Every paging kind a manifest may name. A new one is a new file and one line in each of these. */
export const Paging = z.discriminatedUnion("kind", [
  CursorOptions,
  KeysetOptions,
  NextUrlOptions,
  PageOptions,
  PositionOptions,
  WindowOptions,
]);
export type Paging = z.output<typeof Paging>;

export const pagingKinds = { cursor, keyset, next_url: nextUrl, page, position, window };

export function pagerOf(paging: Paging, size: number | undefined): Pager {
  switch (paging.kind) {
    case "cursor":
      return cursor.make(paging);
    case "keyset":
      return keyset.make(paging);
    case "next_url":
      return nextUrl.make(paging);
    case "page":
      return page.make(paging);
    case "position":
      return position.make({ ...paging, ...(size === undefined ? {} : { size }) });
    case "window":
      return window.make(paging);
    default:
      return paging satisfies never;
  }
}
