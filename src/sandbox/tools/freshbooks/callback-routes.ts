import { json, type Request, type Route } from "../http.ts";
import { inside } from "./body.ts";
import type { Callbacks } from "./callbacks.ts";
import { type Dialect, Rejected, worded } from "./errors.ts";
import type { Values } from "./fields.ts";
import { pageOf, pagingOf } from "./paging.ts";

/** The interface of callbacks: who is told of changes. */
export function callbackRoutes(callbacks: Callbacks): Route[] {
  const dialect: Dialect = "rpc";
  const at = (method: string, path: string, handle: (request: Request) => Values): Route => ({
    method,
    path: `/events/account/:account/events/callbacks${path}`,
    handle(request) {
      try {
        return json(200, { response: handle(request) });
      } catch (error) {
        if (error instanceof Rejected) return worded(error.status, error.problems, dialect);
        throw error;
      }
    },
  });
  const idOf = (request: Request) => request.params["id"] ?? "";

  return [
    at("GET", "", ({ query }) => {
      const { items, counts } = pageOf(callbacks.all(), pagingOf(query, 15));
      return { result: { callbacks: items, ...counts } };
    }),
    at("POST", "", (request) => ({
      result: { callback: callbacks.create(inside(request, "callback")) },
    })),
    at("GET", "/:id", (request) => ({ result: { callback: callbacks.get(idOf(request)) } })),
    at("PUT", "/:id", (request) => ({
      result: { callback: callbacks.update(idOf(request), inside(request, "callback")) },
    })),
    at("DELETE", "/:id", (request) => {
      callbacks.remove(idOf(request));
      return {};
    }),
  ];
}
