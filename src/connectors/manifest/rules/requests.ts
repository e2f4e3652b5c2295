import type { Json } from "#domain/json.ts";
import { pagingKinds } from "../../paging/index.ts";
import type { Manifest, ObjectSpec } from "../manifest.ts";
import type { ChangesSpec, ReadSpec } from "../read-spec.ts";
import type { WebhooksSpec } from "../webhooks-spec.ts";
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
  const { check, tells, webhooks } = manifest;
  const asked = webhooks?.subscriptions?.tells;
  if (check !== undefined) yield { path: ["check"], request: check, may: [], read: null };
  if (tells !== undefined)
    yield { path: ["tells"], request: tells, may: [...ofAnEvent], read: null };
  if (asked !== undefined)
    yield { path: ["webhooks", "subscriptions", "tells"], request: asked, may: [...ofAnEvent], read: null }; // prettier-ignore
  for (const [name, { choices }] of Object.entries(manifest.settings))
    if (choices !== undefined)
      yield { path: ["settings", name, "choices"], request: choices, may: [], read: null };
  if (webhooks !== undefined) yield* requestsOfHooks(["webhooks"], webhooks);
  if (manifest.failures?.list !== undefined)
    yield* listRequests(["failures", "list"], manifest.failures.list, []);
  for (const [name, spec] of Object.entries(manifest.objects))
    yield* requestsOf(["objects", name], spec);
}

const ofAnEvent = ["request", "type", "place", "subject", "time", "data"];

function* requestsOf(path: readonly PropertyKey[], spec: ObjectSpec): Iterable<Place> {
  const list = (name: string, read: ReadSpec, may: readonly string[]): Place[] =>
    listRequests([...path, name], read, may);
  if (spec.list !== undefined) yield* list("list", spec.list, []);
  if (spec.list?.count !== undefined)
    yield { path: [...path, "list", "count"], request: spec.list.count, may: [], read: null };
  if (spec.gone_list !== undefined) yield* list("gone_list", spec.gone_list, []);
  if (spec.changes !== undefined) {
    yield* list("changes", spec.changes, [spec.changes.feed === undefined ? "since" : "token"]);
    yield* besidesChanges([...path, "changes"], spec.changes);
  }
  yield* requestsByValue(path, spec);
  for (const [name, join] of Object.entries(spec.joins))
    yield {
      path: [...path, "joins", name],
      request: join,
      may: ["ids", "items", "columns", ...(join.ids === 1 ? ["id"] : [])],
      read: null,
    };
  yield* requestsForFiles(path, spec);
  yield* writesOf([...path, "write", "calls"], spec);
}

function* requestsOfHooks(
  path: readonly PropertyKey[],
  { handshake, subscribe = {}, renew, unsubscribe }: WebhooksSpec,
): Iterable<Place> {
  const plain = (at: readonly PropertyKey[], request: RequestSpec, may: readonly string[]): Place =>
    ({ path: [...path, ...at], request, may, read: null }); // prettier-ignore
  if (handshake?.kind === "verifier")
    yield plain(["handshake", "send"], handshake.send, ["message"]);
  const ofAny: string[] = [];
  for (const [name, spec] of Object.entries(subscribe)) {
    const at = ["subscribe", name];
    const own = [
      ...(spec.events === undefined ? [] : ["event"]),
      ...(spec.of === undefined ? [] : ["parent"]),
    ];
    ofAny.push(...own, ...Object.keys(spec.keep));
    const start = spec.first === undefined ? [] : ["start"];
    yield plain(at, spec, [...own, ...start, "address", "secret", "hook", "until"]);
    if (spec.first !== undefined) yield plain([...at, "first"], spec.first, []);
    if (spec.of !== undefined) yield* listRequests([...path, ...at, "of"], spec.of, []);
  }
  if (renew !== undefined) yield plain(["renew"], renew, ["id", ...ofAny]);
  if (unsubscribe !== undefined) yield plain(["unsubscribe"], unsubscribe, ["id", ...ofAny]);
}

function* requestsByValue(path: readonly PropertyKey[], spec: ObjectSpec): Iterable<Place> {
  const list = (name: string, read: ReadSpec, may: readonly string[]): Place[] =>
    listRequests([...path, name], read, may);
  if (spec.read !== undefined)
    yield* list("read", spec.read, ["ids", "items", ...(spec.read.ids === 1 ? ["id"] : [])]);
  if (spec.find !== undefined)
    yield* list("find", spec.find, ["values", "items", "field", ...(spec.find.values === 1 ? ["value"] : [])]); // prettier-ignore
}

function* requestsForFiles(
  path: readonly PropertyKey[],
  { content, tree }: ObjectSpec,
): Iterable<Place> {
  const plain = (at: readonly PropertyKey[], request: RequestSpec, may: readonly string[]): Place =>
    ({ path: [...path, ...at], request, may, read: null }); // prettier-ignore
  if (content !== undefined) yield plain(["content", "download"], content.download, ["id"]);
  if (tree === undefined) return;
  yield plain(["tree", "top"], tree.top, []);
  yield* listRequests([...path, "tree", "folders"], tree.folders, []);
  yield plain(["tree", "child"], tree.child, ["parent", "name"]);
  yield plain(["tree", "make"], tree.make, ["parent", "name"]);
}

function* writesOf(path: readonly PropertyKey[], { write, tree }: ObjectSpec): Iterable<Place> {
  const placed = tree === undefined ? [] : ["parent", "name", "added", "removed"];
  const own = write?.batch === 1 ? [...ofOne, ...placed] : [];
  for (const [index, request] of (write?.calls ?? []).entries()) {
    const at = [...path, index];
    yield { path: at, request, may: ["items", "item", "request", ...own], read: null };
    for (const [number, after] of request.after.entries())
      yield {
        path: [...at, "after", number],
        request: after,
        may: after.batch === 1 ? [...ofOne, "value", "items"] : ["items"],
        read: null,
      };
  }
}

/** What may be said anywhere of a request that carries one write. */
const ofOne = ["id", "version", "fields", "record", "key", "change", "flow", "n"];

function listRequests(
  path: readonly PropertyKey[],
  read: ReadSpec,
  may: readonly string[],
): Place[] {
  const all = ["columns", "size", ...may, ...(read.each === undefined ? [] : ["parent"])];
  const places: Place[] = [{ path, request: read, may: all, read }];
  if (read.then !== undefined)
    places.push({ path: [...path, "then"], request: read.then, may: [...all, ...setBy(read)], read: null }); // prettier-ignore
  if (read.each !== undefined) places.push(...listRequests([...path, "each"], read.each, []));
  return places;
}

function* besidesChanges(path: readonly PropertyKey[], changes: ChangesSpec): Iterable<Place> {
  if (changes.count !== undefined)
    yield { path: [...path, "count"], request: changes.count, may: ["since"], read: null };
  if (changes.feed?.start !== undefined)
    yield { path: [...path, "feed", "start"], request: changes.feed.start, may: [], read: null };
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
  add("form", request.form);
  add("graphql", request.graphql?.variables);
  add("text", request.text?.is);
  return uses;
}

export const sent = (place: Pick<Place, "path" | "request">): ReadonlySet<string> =>
  new Set(usesIn(place).map(({ placeholder }) => placeholder.name));

/** What the paging kind of a list sets. */
export const setBy = (read: ReadSpec | null): readonly string[] =>
  read?.next === undefined ? [] : pagingKinds[read.next.kind].sets;

export const hasOneMethod = (request: RequestSpec): boolean => methodOf(request) !== undefined;
