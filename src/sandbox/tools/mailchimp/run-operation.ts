import { type Answer, type Found, Refusal, type Request } from "../http.ts";
import type { Operation, Result } from "./operation.ts";
import { notFound, wrongMethod } from "./problems.ts";

const PAGE = 100;
const MOST_PAGES = 100;

/**
 * Runs one operation of a batch as if it had been sent by itself, without a connection of its own. A list
 * without `count` is read to its end: one result for each page.
 */
export function runOperation(
  find: (method: string, path: string) => Found,
  operation: Operation,
): Result[] {
  const { method, operation_id, params } = operation;
  const pages = method === "GET" && params["count"] === undefined ? MOST_PAGES : 1;
  const results: Result[] = [];
  for (let page = 0; page < pages; page += 1) {
    const paged = pages === 1 ? {} : { count: String(PAGE), offset: String(page * PAGE) };
    const { status, body } = answer(find, operation, paged);
    results.push({ status_code: status, operation_id, response: body.toString() });
    if ((page + 1) * PAGE >= totalIn(body.toString())) break;
  }
  return results;
}

function answer(
  find: (method: string, path: string) => Found,
  { method, path, body, params }: Operation,
  paged: Record<string, string>,
): Answer {
  const [bare = "", search = ""] = path.split("?");
  const found = find(method, `/3.0${bare}`);
  if (found.kind !== "found") return found.kind === "unknown" ? notFound() : wrongMethod();
  const query = new URLSearchParams({
    ...Object.fromEntries(new URLSearchParams(search)),
    ...params,
  });
  const isList = paged["count"] !== undefined && /\/(members|merge-fields|lists)$/.test(bare);
  for (const [name, value] of isList ? Object.entries(paged) : []) query.set(name, value);
  const request: Request = {
    method,
    path: bare,
    query,
    headers: { "content-type": "application/json" },
    body,
    raw: Buffer.from(body),
    params: found.params,
    origin: "",
  };
  try {
    const made = found.route.handle(request);
    // Only what takes time is promised, and none of that may stand in a batch.
    return made instanceof Promise ? notFound() : made;
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function totalIn(body: string): number {
  try {
    const { total_items } = JSON.parse(body) as { total_items?: number };
    return total_items ?? 0;
  } catch {
    return 0;
  }
}
