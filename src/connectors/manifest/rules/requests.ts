import type { Json } from "#domain/json.ts";
import { pagingKinds } from "../../paging/index.ts";
import type { ChangesSpec, Manifest, ObjectSpec, ReadSpec } from "../manifest.ts";
import { methodOf, methods, type RequestSpec } from "../request-spec.ts";
import { type Placeholder, placeholdersIn, textsIn } from "../template.ts";

/** Any request of a manifest, with what its placeholders may be. */
export type Place = {
  path: readonly PropertyKey[];
  request: RequestSpec;
  /** Besides settings, `api_version` and what the paging kind sets. */
  may: readonly string[];
  read: ReadSpec | null;
};

/** Every request a manifest holds. */
export function* requestsIn(manifest: Manifest): Iterable<Place> {
  yield { path: ["check"], request: manifest.check, may: [], read: null };
  for (const [name, spec] of Object.entries(manifest.objects))
    yield* requestsOf(["objects", name], spec);
}

function* requestsOf(path: readonly PropertyKey[], spec: ObjectSpec): Iterable<Place> {
  const list = (name: string, read: ReadSpec, may: readonly string[]): Place => ({
    path: [...path, name],
    request: read,
    may: ["columns", "size", ...may],
    read,
  });
  yield list("list", spec.list, []);
  if (spec.list.count !== undefined)
    yield { path: [...path, "list", "count"], request: spec.list.count, may: [], read: null };
  if (spec.gone_list !== undefined) yield list("gone_list", spec.gone_list, []);
  if (spec.changes !== undefined) {
    yield list("changes", spec.changes, ["since"]);
    yield* besidesChanges([...path, "changes"], spec.changes);
  }
  if (spec.read !== undefined) yield list("read", spec.read, ["ids", "items"]);
  if (spec.find !== undefined) yield list("find", spec.find, ["values", "items", "field"]);
  for (const [index, request] of (spec.write?.calls ?? []).entries()) {
    const at = [...path, "write", "calls", index];
    yield { path: at, request, may: ["items", "item", "request"], read: null };
  }
}

function* besidesChanges(path: readonly PropertyKey[], changes: ChangesSpec): Iterable<Place> {
  if (changes.count !== undefined)
    yield { path: [...path, "count"], request: changes.count, may: ["since"], read: null };
  if (changes.tie !== undefined) {
    const may = ["columns", "size", "since", "after_id", "cursor"];
    yield { path: [...path, "tie"], request: changes.tie, may, read: null };
  }
}

/** Where a placeholder stands, and in what text. */
export type Use = { path: readonly PropertyKey[]; text: string; placeholder: Placeholder };

/** Every placeholder of a request: in its path, query, headers and body. */
export function usesIn({ path, request }: Pick<Place, "path" | "request">): Use[] {
  const uses: Use[] = [];
  const add = (name: string, value: Json | undefined) => {
    for (const text of value === undefined ? [] : textsIn(value))
      for (const placeholder of placeholdersIn(text))
        uses.push({ path: [...path, name], text, placeholder });
  };
  for (const method of methods) add(method, request[method]);
  add("query", request.query);
  add("headers", request.headers);
  add("body", request.body);
  add("text", request.text?.is);
  return uses;
}

export const sent = (place: Pick<Place, "path" | "request">): ReadonlySet<string> =>
  new Set(usesIn(place).map(({ placeholder }) => placeholder.name));

/** What the paging kind of a list sets. */
export const setBy = (read: ReadSpec | null): readonly string[] =>
  read?.next === undefined ? [] : pagingKinds[read.next.kind].sets;

export const hasOneMethod = (request: RequestSpec): boolean => methodOf(request) !== undefined;
