import { type Answer, json, type Request, type Route } from "../http.ts";
import { badRequest, missingScope, wrongField } from "./errors.ts";
import { compact, selected, type Shown, wantedFields, whole } from "./opt-fields.ts";
import type { Listed, Pager } from "./paging.ts";
import type { Caller } from "./scopes.ts";

export type Given = Record<string, unknown>;

export type Call = {
  request: Request;
  caller: Caller;
  /** A part of the path, by its name there. */
  at(name: string): string;
  /** What stands in the body's `data`. */
  data(): Given;
};

export type Reply =
  | { kind: "one"; status: 200 | 201; record: Shown; optIn: readonly string[] }
  /** A page of it, or, where `paged` is false, all of it and never a `next_page`. */
  | { kind: "list"; items: readonly Listed[]; paged: boolean }
  | { kind: "empty" }
  | { kind: "answer"; answer: Answer };

export type Endpoint = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api/1.0. */
  path: string;
  /** What an app's token needs; null where any will do. */
  scope: string | null;
  /** Query parameters besides those that every endpoint has. */
  query?: readonly string[];
  run(call: Call): Reply | Promise<Reply>;
};

export const BASE = "/api/1.0";
const ALWAYS = ["opt_fields", "opt_pretty", "limit", "offset"];

export const empty: Reply = { kind: "empty" };

/** Fields among `optIn` come only when asked for by name. */
export const one = (record: Shown, optIn: readonly string[] = []): Reply => ({
  kind: "one",
  status: 200,
  record,
  optIn,
});

export const created = (record: Shown, optIn: readonly string[] = []): Reply => ({
  kind: "one",
  status: 201,
  record,
  optIn,
});

export const list = (items: readonly Listed[]): Reply => ({ kind: "list", items, paged: true });

/** Without pages: the endpoint has cut it already. */
export const wholeList = (items: readonly Listed[]): Reply => ({
  kind: "list",
  items,
  paged: false,
});

/** The tool's routes: each checks scope and parameters first, then shows what is asked for of the reply. */
export function routesOf(
  endpoints: readonly Endpoint[],
  whoIs: (request: Request) => Caller,
  pager: Pager,
): Route[] {
  return endpoints.map(({ method, path, scope, query = [], run }) => ({
    method,
    path: BASE + path,
    async handle(request) {
      const caller = whoIs(request);
      if (scope !== null && !caller.may(scope)) throw missingScope(scope);
      for (const name of request.query.keys()) {
        // Stricter than Asana may be: a misspelt filter would otherwise read everything.
        if (![...ALWAYS, ...query].includes(name)) throw wrongField(name, "Unknown parameter");
      }
      const wanted = wantedFields(request.query.get("opt_fields"), caller);
      const reply = await run({
        request,
        caller,
        at: (name) => request.params[name] ?? "",
        data: () => dataOf(request),
      });
      const show = (record: Shown) =>
        wanted === null ? compact(record) : selected(record, wanted);
      switch (reply.kind) {
        case "one": {
          const { record, optIn, status } = reply;
          const data = wanted === null ? whole(record, optIn, caller) : selected(record, wanted);
          return json(status, { data });
        }
        case "list": {
          const { items, next } = reply.paged
            ? pager.page(request, reply.items)
            : { items: reply.items, next: undefined };
          const data = items.map((item) => show(item.show()));
          return json(200, next === undefined ? { data } : { data, next_page: next });
        }
        case "empty":
          return json(200, { data: {} });
        case "answer":
          return reply.answer;
        default:
          return reply satisfies never;
      }
    },
  }));
}

function dataOf(request: Request): Given {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/json"))
    throw badRequest("The request body must be JSON, with a Content-Type that says so");
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw badRequest("Could not parse request data, invalid JSON");
  }
  const data = isGiven(body) ? body["data"] : undefined;
  if (!isGiven(data)) throw badRequest("Expected the body to be an object with data");
  return data;
}

export const isGiven = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);
