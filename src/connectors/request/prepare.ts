import { jsonText } from "../json/lossless.ts";
import { methodOf, type RequestSpec } from "../manifest/request-spec.ts";
import { compileJson, compileText, type Variables } from "../manifest/template.ts";

/** A request ready to be sent, but for the host and the credential. */
export type Prepared = {
  method: string;
  /** From the first / on, with the query. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** Buckets it draws from; null for the usual ones. */
  limits: readonly string[] | null;
};

export type Prepare = (variables: Variables) => Prepared;

/** A request of a manifest as a function of what its placeholders stand for. */
export function compileRequest(
  spec: RequestSpec,
  shared: { headers: Readonly<Record<string, string>> },
): Prepare {
  const { method, path } = methodOf(spec) ?? { method: "get", path: "/" };
  const makePath = compileText(path, pathSegment);
  const query = Object.entries(spec.query ?? {}).map(
    ([name, value]) => [encodeURIComponent(name), compileText(String(value), encodeURIComponent)] as const, // prettier-ignore
  );
  const headers = Object.entries({ ...shared.headers, ...spec.headers }).map(
    ([name, value]) => [name.toLowerCase(), compileText(value, headerSafe)] as const,
  );
  const makeJson = spec.body === undefined ? null : compileJson(spec.body);
  const makeText = spec.text === undefined ? null : compileText(spec.text.is);
  const type = spec.text?.type ?? (makeJson === null ? null : "application/json");

  return (variables) => {
    const made: Record<string, string> = { accept: "application/json" };
    if (type !== null) made["content-type"] = type;
    for (const [name, make] of headers) {
      const value = make(variables);
      if (value !== null) made[name] = value;
    }
    return {
      method: method.toUpperCase(),
      path: (makePath(variables) ?? "/") + queryText(query, variables),
      headers: made,
      body:
        makeJson === null ? (makeText?.(variables) ?? null) : jsonText(makeJson(variables) ?? {}),
      limits: spec.limits ?? null,
    };
  };
}

/** An id of `..` would lead up the path, and so would `%2e%2e`. */
const pathSegment = (value: string): string =>
  /^\.+$/.test(value) ? value.replaceAll(".", "%252e") : encodeURIComponent(value);

type Pair = readonly [string, (variables: Variables) => string | null];

function queryText(pairs: readonly Pair[], variables: Variables): string {
  const made: string[] = [];
  for (const [name, make] of pairs) {
    const value = make(variables);
    if (value !== null) made.push(`${name}=${value}`);
  }
  return made.length === 0 ? "" : `?${made.join("&")}`;
}

/** A line break would begin another header. */
const headerSafe = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
