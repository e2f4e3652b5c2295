import { createHash } from "node:crypto";
import { claimsOf, signedToken } from "../jwt.ts";
import type { Request } from "../http.ts";
import { badRequest, wrongField } from "./errors.ts";
import type { Shown } from "./opt-fields.ts";

/** One of a list, made in full only if its page is asked for. */
export type Listed = { gid: string; show(): Shown };

export type NextPage = { offset: string; path: string; uri: string };
export type Page = { items: readonly Listed[]; next: NextPage | null | undefined };

export type Pager = {
  page(request: Request, items: readonly Listed[]): Page;
  /** How long an offset token is good for. Asana says that it ends and not when: an hour is a guess. */
  lifeMs: number;
};

const MOST_WITHOUT_LIMIT = 1000;
const SECRET = "offset tokens are nobody's business";

/** Pages by `limit` and `offset`; `next` is undefined where no limit was sent, as Asana then leaves it out. */
export function openPager(): Pager {
  const pager: Pager = {
    lifeMs: 3_600_000,
    page(request, items) {
      const limit = limitOf(request.query);
      const offset = request.query.get("offset");
      const from = offset === null ? 0 : placeAfter(offset, request, items);
      if (limit === null) {
        const rest = items.slice(from);
        if (rest.length > MOST_WITHOUT_LIMIT)
          throw badRequest("The result is too large. You should use pagination (may require specifying a workspace)!"); // prettier-ignore
        return { items: rest, next: undefined };
      }
      const page = items.slice(from, from + limit);
      const last = page.at(-1);
      const more = last !== undefined && from + limit < items.length;
      return { items: page, next: more ? nextPage(request, last.gid, from + limit) : null };
    },
  };

  function nextPage(request: Request, after: string, place: number): NextPage {
    const ends = Date.now() + pager.lifeMs;
    const offset = signedToken({ after, place, ends, of: questionOf(request) }, SECRET);
    const query = new URLSearchParams(request.query);
    query.set("offset", offset);
    const path = `${request.path.replace("/api/1.0", "")}?${query.toString()}`;
    return { offset, path, uri: `https://app.asana.com/api/1.0${path}` };
  }

  return pager;
}

function limitOf(query: URLSearchParams): number | null {
  const text = query.get("limit");
  if (text === null) return null;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 100) throw wrongField("limit", "Must be between 1 and 100");
  return limit;
}

/** A token continues one question only: the same path and filters. */
function placeAfter(offset: string, request: Request, items: readonly Listed[]): number {
  const claims = claimsOf(offset, SECRET);
  if (claims === undefined || claims["of"] !== questionOf(request))
    throw wrongField("offset", "Your pagination token is invalid.");
  if (Number(claims["ends"]) <= Date.now())
    throw wrongField("offset", "Your pagination token has expired.");
  const last = items.findIndex(({ gid }) => gid === claims["after"]);
  return last === -1 ? Number(claims["place"]) - 1 : last + 1;
}

function questionOf({ path, query }: Request): string {
  const rest = [...query].filter(([name]) => !["offset", "limit", "opt_pretty"].includes(name));
  return createHash("sha256")
    .update(JSON.stringify([path, rest.sort()]))
    .digest("base64url");
}
