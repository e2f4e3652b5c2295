import { badRequest, invalidValue } from "./errors.ts";
import { type DriveFile, FOLDER } from "./files.ts";
import { type Query, searchesText } from "./query-syntax.ts";

type Rank = string | number;

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Source: the sort keys in Google's discovery document. */
const ranks: Readonly<Record<string, (file: DriveFile) => Rank>> = {
  createdTime: ({ created }) => created,
  folder: ({ mimeType }) => (mimeType === FOLDER ? 0 : 1),
  modifiedByMeTime: ({ modified }) => modified,
  modifiedTime: ({ modified }) => modified,
  name: ({ name }) => name.toLowerCase(),
  name_natural: ({ name }) => name,
  quotaBytesUsed: ({ content }) => content?.size ?? 0,
  recency: ({ modified }) => modified,
  sharedWithMeTime: () => 0,
  starred: ({ starred }) => (starred ? 0 : 1),
  viewedByMeTime: ({ viewed }) => viewed ?? 0,
};

type Order = (a: DriveFile, b: DriveFile) => number;

/** The order that `orderBy` asks for; nothing asked is the last changed first. */
export function orderOf(orderBy: string | undefined, query: Query | null): Order {
  if (orderBy !== undefined && query !== null && searchesText(query)) {
    throw badRequest(
      "Sorting is not supported for queries with fullText terms. Results are always in descending relevance order.",
      "orderBy",
    );
  }
  const orders = (orderBy ?? "modifiedTime desc").split(",").map(orderFor);
  return (a, b) => {
    for (const order of orders) {
      const found = order(a, b);
      if (found !== 0) return found;
    }
    return a.id < b.id ? -1 : 1;
  };
}

function orderFor(key: string): Order {
  const [name = "", direction, ...more] = key.trim().split(/\s+/);
  const rank = ranks[name];
  if (rank === undefined || !["desc", undefined].includes(direction) || more.length > 0)
    throw invalidValue("orderBy");
  const turn = direction === "desc" ? -1 : 1;
  if (name === "name_natural") return (a, b) => turn * natural.compare(a.name, b.name);
  return (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return turn * (left < right ? -1 : left > right ? 1 : 0);
  };
}
