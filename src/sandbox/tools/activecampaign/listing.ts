import { type Answer, json, type Request } from "../http.ts";
import { badRequest } from "./errors.ts";

const USUAL = 20;
const MOST = 100;

/** One page by limit and offset, of at most 100; the offset counts from zero. */
export function pageOf<Item>(request: Request, items: readonly Item[]): Item[] {
  const number = (name: string, otherwise: number) => {
    const given = request.query.get(name);
    if (given === null || given === "") return otherwise;
    if (!/^\d+$/.test(given)) throw badRequest(`The ${name} parameter has to be a number`);
    return Number(given);
  };
  const limit = Math.min(MOST, number("limit", USUAL));
  const offset = number("offset", 0);
  return items.slice(offset, offset + limit);
}

/** A page under its name, with the total as a text. */
export function listed<Item>(
  request: Request,
  name: string,
  items: readonly Item[],
  shown: (item: Item) => object,
  besides: (page: readonly Item[]) => object = () => ({}),
): Answer {
  const page = pageOf(request, items);
  return json(200, {
    ...besides(page),
    [name]: page.map(shown),
    meta: { total: String(items.length) },
  });
}

/** `orders[name]=ASC` or `DESC`; undefined where the list is not asked for in this order. */
function orderIn({ query }: Request, name: string): 1 | -1 | undefined {
  const given = query.get(`orders[${name}]`);
  if (given === null) return undefined;
  return given.toUpperCase() === "DESC" ? -1 : 1;
}

/** Sorts by each order asked for that is known; others are ignored without a word. */
export function ordered<Item>(
  request: Request,
  items: Item[],
  ranks: Record<string, (item: Item) => string | number>,
): Item[] {
  const by = Object.entries(ranks).flatMap(([name, rank]) => {
    const sign = orderIn(request, name);
    return sign === undefined ? [] : [{ sign, rank }];
  });
  return items.sort((a, b) => {
    for (const { sign, rank } of by) {
      const [left, right] = [rank(a), rank(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

/** The names after `include=`, for what is to be told beside the list. */
export const includedIn = ({ query }: Request): string[] =>
  (query.get("include") ?? "").split(",").filter((name) => name !== "");
