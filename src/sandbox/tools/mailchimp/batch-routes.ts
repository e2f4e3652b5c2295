import { createHash, randomBytes } from "node:crypto";
import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { tarGz } from "./archive.ts";
import type { Batch, Batches } from "./batches.ts";
import { bodyOf, checkedObject, isObject } from "./body.ts";
import { whole } from "./member-list.ts";
import { stamp } from "./members.ts";
import type { Operation } from "./operation.ts";
import { invalidBody, notFound, problem } from "./problems.ts";

export const RESULTS = "/batch-results/";
const MOST_PENDING = 500;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export type BatchRoutes = {
  routes: Route[];
  /** How long an address of results works: ten minutes. */
  urlMs: number;
};

/** `/3.0/batches`, and the archives of results, which are fetched elsewhere and without a key. */
export function batchRoutes(batches: Batches): BatchRoutes {
  const secret = randomBytes(16).toString("hex");
  const signature = (id: string, expires: string) =>
    createHash("sha256").update(`${secret}/${id}/${expires}`).digest("base64url");

  function told(batch: Batch, { origin }: Request) {
    const { id, operations, results, submitted } = batch;
    const status = batches.status(batch);
    const isFinished = status === "finished";
    const ran = status === "pending" || status === "preprocessing" ? [] : (results ?? []);
    const expires = String(Math.ceil((Date.now() + self.urlMs) / 1000));
    const signed = new URLSearchParams({ Expires: expires, Signature: signature(id, expires) });
    return {
      id,
      status,
      total_operations: operations.length,
      finished_operations: ran.length,
      errored_operations: ran.filter((pages) => pages.some(({ status_code }) => status_code >= 400))
        .length,
      submitted_at: stamp(submitted),
      completed_at: isFinished ? stamp(submitted + batches.lastsMs) : "",
      response_body_url: isFinished ? `${origin}${RESULTS}${id}?${signed.toString()}` : "",
    };
  }

  function found({ params }: Request): Batch {
    const batch = batches.get(params["batch"] ?? "");
    if (batch === undefined) throw new Refusal(notFound());
    return batch;
  }

  function start(request: Request): Answer {
    const { operations } = bodyOf(request, { operations: "array" }, ["operations"]);
    const wanted = (operations as unknown[]).map(operationIn);
    const pending = batches.all().filter((batch) => batches.status(batch) === "pending");
    if (pending.length >= MOST_PENDING)
      throw new Refusal(problem(429, "Too Many Requests", "You have more than 500 pending batches. Please wait for some to complete before adding any more batches.")); // prettier-ignore
    return json(200, told(batches.add(wanted), request));
  }

  /** One file an operation, or several where it read a list to its end. */
  function archive({ params, query }: Request): Answer {
    const id = params["batch"] ?? "";
    const expires = query.get("Expires") ?? "";
    const late = Number(expires) * 1000 < Date.now();
    const batch = batches.get(id);
    if (late || query.get("Signature") !== signature(id, expires)) return denied;
    if (batch?.results == null) throw new Refusal(notFound());
    const files = batch.results.flat().map((result, at) => ({
      name: `${String(at)}.json`,
      body: JSON.stringify([result]),
    }));
    const headers = { "content-type": "application/x-gzip" };
    return { status: 200, headers, body: tarGz(id, files) };
  }

  const self: BatchRoutes = {
    urlMs: 600_000,
    routes: [
      { method: "POST", path: "/3.0/batches", handle: start },
      {
        method: "GET",
        path: "/3.0/batches",
        handle(request) {
          const from = whole(request.query, "offset", 0, Infinity);
          const all = batches.all();
          const page = all.slice(from, from + whole(request.query, "count", 10, 1000));
          return json(200, {
            batches: page.map((batch) => told(batch, request)),
            total_items: all.length,
          });
        },
      },
      { method: "GET", path: "/3.0/batches/:batch", handle: (request) => json(200, told(found(request), request)) }, // prettier-ignore
      {
        method: "DELETE",
        path: "/3.0/batches/:batch",
        handle(request) {
          batches.remove(found(request).id);
          return { status: 204, headers: {}, body: "" };
        },
      },
      { method: "GET", path: `${RESULTS}:batch`, handle: archive },
    ],
  };
  return self;
}

/** As the store answers in which the archives lie. */
const denied: Answer = {
  status: 403,
  headers: { "content-type": "application/xml" },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>', // prettier-ignore
};

/** A body that is an object instead of a text is let in here, and fails when the operation runs. */
function operationIn(entry: unknown, at: number): Operation {
  const where = `operations.${String(at)}`;
  if (!isObject(entry)) throw invalidBody({ field: where, message: "Schema describes object, array found instead" }); // prettier-ignore
  const { body = "", ...rest } = entry;
  const shape = { method: METHODS, path: "string", operation_id: "string", params: "object" } as const; // prettier-ignore
  const checked = checkedObject(rest, shape, ["method", "path"], where);
  const params = Object.entries((checked["params"] ?? {}) as Record<string, unknown>);
  return {
    method: String(checked["method"]),
    path: String(checked["path"]),
    operation_id: String(checked["operation_id"] ?? ""),
    body: typeof body === "string" ? body : "[object Object]",
    params: Object.fromEntries(params.map(([name, value]) => [name, String(value)])),
  };
}
