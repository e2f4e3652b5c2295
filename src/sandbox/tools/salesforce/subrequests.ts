import { type Answer, json, type Request, router } from "../http.ts";
import { isObject } from "./body.ts";
import { answered, type DataRoute } from "./data-route.ts";
import { notFound, wrongMethod } from "./errors.ts";

/** One request inside another. */
type Inner = {
  method: string;
  /** Below the host: `/services/data/v68.0/sobjects/Account`. */
  url: string;
  body: unknown;
  headers: Record<string, string>;
};

/** Answers it as if it had come by itself, with the rights of the outer one. */
export type Dispatch = (outer: Request, inner: Inner) => Answer;

export function dispatching(routes: readonly DataRoute[]): Dispatch {
  const find = router([...routes]);
  return (outer, { method, url, body, headers }) => {
    const target = URL.parse(url, outer.origin);
    if (target === null) return notFound().answer;
    const found = find(method, target.pathname);
    if (found.kind === "unknown") return notFound().answer;
    if (found.kind === "wrong_method") return wrongMethod(method);
    const text = body === undefined ? "" : JSON.stringify(body);
    const request: Request = {
      ...outer,
      method,
      path: target.pathname,
      query: target.searchParams,
      headers: { ...headers, "content-type": "application/json" },
      body: text,
      raw: Buffer.from(text),
      params: found.params,
    };
    const route = routes.find((one) => one === found.route);
    return route === undefined ? notFound().answer : answered(() => route.handle(request));
  };
}

/** What an answer says, as a value; null where it says nothing. */
export function bodyIn({ body }: Answer): unknown {
  const text = body.toString();
  return text === "" ? null : (JSON.parse(text) as unknown);
}

export const fine = ({ status }: Answer): boolean => status < 300 || status === 304;

export const halted = (message: string): Answer =>
  json(400, [{ errorCode: "PROCESSING_HALTED", message }]);

/** Header names in lower case, as the server has them. */
export function headersIn(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name.toLowerCase(), String(one as string)]),
  );
}
