import { randomUUID } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Request } from "../http.ts";

/** One thing that triggered a Zap, or would have if there were one that is on. */
export type Arrival = {
  id: string;
  /** Shared by the items of one list. */
  request: string;
  at: string;
  path: string;
  /** Null where no Zap that is on has this address: Zapier says "success" all the same. */
  zap: string | null;
  /** What came, as it was read: an object, or the text of what is no JSON and no form. */
  body: unknown;
  /** As the steps of a Zap see it: one level, inner names joined by two underscores, nothing empty. */
  fields: Record<string, string>;
};

export type Arrivals = {
  all(): Arrival[];
  /** Keeps what came: a list counts once for each of its items. */
  keep(request: Request, zap: string | null): Arrival[];
};

export function openArrivals(shelf: Shelf): Arrivals {
  const kept = shelf.collection<Arrival>("arrivals");
  return {
    all: () => [...kept.values()],
    keep(request, zap) {
      const body = bodyOf(request);
      const id = randomUUID();
      const items = Array.isArray(body) ? (body as unknown[]) : [body];
      const arrived = items.map((item) => ({
        id: randomUUID(),
        request: id,
        at: new Date().toISOString(),
        path: request.path,
        zap,
        body: item,
        fields: flat(item),
      }));
      for (const arrival of arrived) kept.set(arrival.id, arrival);
      return arrived;
    },
  };
}

/** JSON, a form, or a query without a body; anything else stays the text that it is. */
function bodyOf({ headers, body, query }: Request): unknown {
  const type = headers["content-type"] ?? "";
  if (body === "") return Object.fromEntries(query);
  if (type.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function flat(value: unknown, name = ""): Record<string, string> {
  if (value === null || value === undefined || value === "") return {};
  if (typeof value !== "object")
    return { [name === "" ? "body" : name]: String(value as string | number | boolean) };
  return Object.entries(value).reduce(
    (fields, [key, inner]) => ({
      ...fields,
      ...flat(inner, name === "" ? key : `${name}__${key}`),
    }),
    {},
  );
}
