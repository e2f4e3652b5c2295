import type { Attempt } from "#domain/delivery.ts";
import type { Json } from "#domain/json.ts";
import { jsonText } from "../json/lossless.ts";
import { textOf } from "../json/path.ts";
import { methodOf, type RequestSpec } from "../manifest/request-spec.ts";
import { compileJson, compileText, isPlaceholder, type Variables } from "../manifest/template.ts";

/** A request ready to be sent, but for the host's address and the credential. */
export type Prepared = {
  method: string;
  /** One of the manifest's hosts; null for the usual one. */
  host: string | null;
  /** From the first / on, with the query. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  /** What makes a repetition the same request, where the tool is told so. */
  id?: string | null;
  /** Statuses besides 200 to 299 that are no failure. */
  fine?: readonly number[];
  /** Buckets it draws from; null for the usual ones. */
  limits: readonly string[] | null;
  /** What is answered to it with a good status is not read, and may be anything. */
  unread?: true;
  /** Hears of each try to send it. */
  heard?: (attempt: Attempt) => void;
};

export type Prepare = (variables: Variables) => Prepared;

/** A request of a manifest as a function of what its placeholders stand for. */
export function compileRequest(
  spec: RequestSpec,
  shared: { headers: Readonly<Record<string, string>> },
): Prepare {
  const { method, path } = methodOf(spec) ?? { method: "get", path: "/" };
  const makePath = compileText(path, pathSegment);
  const makeQuery = compilePairs(spec.query ?? {});
  const headers = Object.entries({ ...shared.headers, ...spec.headers }).map(
    ([name, value]) => [name.toLowerCase(), compileText(value, headerSafe)] as const,
  );
  const body = compileBody(spec);

  return (variables) => {
    const made: Record<string, string> = { accept: "application/json" };
    if (body !== null) made["content-type"] = body.type;
    for (const [name, make] of headers) {
      const value = make(variables);
      if (value !== null) made[name] = value;
    }
    const query = makeQuery(variables);
    return {
      method: method.toUpperCase(),
      host: spec.host ?? null,
      path: (makePath(variables) ?? "/") + (query === "" ? "" : `?${query}`),
      headers: made,
      body: body?.make(variables) ?? null,
      id: textOf(variables["request"]),
      limits: spec.limits ?? null,
    };
  };
}

type Body = { type: string; make: (variables: Variables) => string | null };

function compileBody({ body, form, graphql, text }: RequestSpec): Body | null {
  if (graphql !== undefined) {
    const variables = compileJson(graphql.variables);
    const { query } = graphql;
    return {
      type: "application/json",
      make: (given) => jsonText({ query, variables: variables(given) ?? {} }),
    };
  }
  if (form !== undefined)
    return { type: "application/x-www-form-urlencoded", make: compilePairs(form) };
  if (text !== undefined) return { type: text.type, make: compileText(text.is) };
  if (body === undefined) return null;
  const make = compileJson(body);
  return { type: "application/json", make: (variables) => jsonText(make(variables) ?? {}) };
}

/** An id of `..` would lead up the path, and so would `%2e%2e`. */
const pathSegment = (value: string): string =>
  /^\.+$/.test(value) ? value.replaceAll(".", "%252e") : encodeURIComponent(value);

/** `a=1&b[]=2&b[]=3`: what has no value is left out, and a list under a name with [] comes apart. */
function compilePairs(
  pairs: Readonly<Record<string, string | number | boolean>>,
): (variables: Variables) => string {
  const compiled = Object.entries(pairs).map(([name, value]) => {
    const text = String(value);
    const key = encodeURIComponent(name);
    if (name.endsWith("[]") && isPlaceholder(text)) {
      const list = compileJson(text);
      return (variables: Variables) =>
        items(list(variables)).map((one) => `${key}=${encodeURIComponent(one)}`);
    }
    const make = compileText(text, encodeURIComponent);
    return (variables: Variables) => {
      const made = make(variables);
      return made === null ? [] : [`${key}=${made}`];
    };
  });
  return (variables) => compiled.flatMap((make) => make(variables)).join("&");
}

const items = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);

/** A line break would begin another header. */
const headerSafe = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
