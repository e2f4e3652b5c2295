import type { IncomingHttpHeaders } from "node:http";

export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** As UTF-8; `raw` has the bytes. */
  body: string;
  raw: Buffer;
  params: Record<string, string>;
  /** As the caller addressed us: `http://127.0.0.1:4101`. */
  origin: string;
};

export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };
export type Handler = (request: Request) => Answer | Promise<Answer>;
export type Route = { method: string; path: string; handle: Handler };

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { "content-type": "application/json;charset=utf-8", ...headers },
  body: JSON.stringify(value),
});

export const page = (body: string, status = 200): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
  },
  body,
});

/** A tool's own "no": thrown where the rule is, sent as it is. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${String(answer.status)} ${answer.body.toString()}`);
    this.answer = answer;
  }
}

export type Found =
  | { kind: "found"; route: Route; params: Record<string, string> }
  | { kind: "wrong_method" }
  | { kind: "unknown" };

/** Finds the route for a path; `:name` stands for one segment. The first that fits wins. */
export function router(routes: Route[]): (method: string, path: string) => Found {
  const compiled = routes.map((route) => ({ route, segments: route.path.split("/") }));
  return (method, path) => {
    const segments = path.split("/");
    let otherMethod = false;
    for (const { route, segments: pattern } of compiled) {
      const params = paramsOf(pattern, segments);
      if (params === undefined) continue;
      if (route.method === method) return { kind: "found", route, params };
      otherMethod = true;
    }
    return { kind: otherMethod ? "wrong_method" : "unknown" };
  };
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = segments[index] ?? "";
    if (part.startsWith(":") && given !== "") params[part.slice(1)] = decoded(given);
    else if (part !== given) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
