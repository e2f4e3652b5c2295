import { randomUUID } from "node:crypto";
import { type Answer, Refusal, type Request, type Route, router } from "../http.ts";
import { badRequest, unknownPath, wrongMethod } from "./errors.ts";
import { boundaryOf, type Part, partIn, partsOf } from "./multipart.ts";

const MOST_CALLS = 100;

export const BATCH_PATH = "/batch/drive/v3";

/** `POST batch/drive/v3`: up to 100 calls in one request, each answered for itself; no media. */
export function batchRoute(
  routes: readonly Route[],
  gate: (request: Request, next: () => Promise<Answer>) => Promise<Answer>,
): Route {
  const find = router([...routes]);

  async function answer(request: Request): Promise<Answer> {
    const found = find(request.method, request.path);
    try {
      return await gate(request, async () => {
        if (found.kind === "unknown") return unknownPath(request.path);
        if (found.kind === "wrong_method") return wrongMethod(request.method);
        return found.route.handle({ ...request, params: found.params });
      });
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  return {
    method: "POST",
    path: BATCH_PATH,
    async handle(request) {
      const boundary = boundaryOf(request.headers["content-type"] ?? "", "mixed");
      const parts = boundary === undefined ? null : partsOf(request.raw, boundary);
      if (parts === null || parts.length === 0) throw badRequest("Failed to parse batch request.");
      if (parts.length > MOST_CALLS) {
        throw badRequest(
          `The batch request could not be processed. The maximum number of calls is ${String(MOST_CALLS)}.`,
        );
      }
      const answers: Answer[] = [];
      for (const part of parts) answers.push(await answer(innerOf(part, request)));
      return together(parts, answers);
    },
  };
}

/** A call written out as HTTP; the outer request's authorization serves where it has none. */
function innerOf({ headers, body }: Part, outer: Request): Request {
  const end = body.indexOf("\n");
  const line = body.toString("latin1", 0, end < 0 ? body.length : end).trim();
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/1\.1)?$/.exec(line) ?? [];
  if (headers["content-type"] !== "application/http" || method === undefined)
    throw badRequest("Failed to parse batch request.");
  const rest = end < 0 ? Buffer.alloc(0) : body.subarray(end + 1);
  const inner = partIn(rest) ?? { headers: {}, body: Buffer.alloc(0) };
  const url = new URL(target ?? "/", outer.origin);
  if (url.searchParams.get("alt") === "media" || url.pathname.startsWith("/upload/"))
    throw badRequest("Media is not supported in batch requests.");
  const raw = Buffer.from(inner.body.toString("latin1").replace(/\r\n$/, ""), "latin1");
  return {
    ...outer,
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: { authorization: outer.headers.authorization, ...inner.headers },
    body: raw.toString("utf8"),
    raw,
  };
}

function together(parts: readonly Part[], answers: readonly Answer[]): Answer {
  const boundary = `batch_${randomUUID()}`;
  const written = answers.map(({ status, headers, body }, at) => {
    const id = parts[at]?.headers["content-id"]?.replace(/^<?(.*?)>?$/, "response-$1");
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const named = id === undefined ? "" : `Content-ID: <${id}>\r\n`;
    return `--${boundary}\r\nContent-Type: application/http\r\n${named}\r\nHTTP/1.1 ${String(status)} \r\n${lines.join("")}\r\n${body.toString()}\r\n`;
  });
  return {
    status: 200,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: `${written.join("")}--${boundary}--\r\n`,
  };
}
