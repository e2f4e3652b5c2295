import { type Answer, json, Refusal } from "../http.ts";

/** A value of a union: the name of the case, and what comes with it. */
export type Tagged = { ".tag": string; [more: string]: unknown };

export const tagged = (tag: string, more: Record<string, unknown> = {}): Tagged => ({
  ".tag": tag,
  ...more,
});

/** A case that holds another union stands in a field of its own name. */
export const nested = (tag: string, inner: Tagged): Tagged => tagged(tag, { [tag]: inner });

let count = 0;

/** The tags from outside in. The dots at its end vary on purpose, so that nobody compares it whole. */
function summaryOf(error: Tagged): string {
  const tags: string[] = [];
  let at: unknown = error;
  while (typeof at === "object" && at !== null && ".tag" in at) {
    const { ".tag": tag, ...more } = at as Tagged;
    tags.push(tag);
    at = more[tag] ?? more["reason"];
  }
  count += 1;
  return `${tags.join("/")}/${".".repeat(count % 4)}`;
}

export const errorAnswer = (
  status: number,
  error: Tagged,
  headers: Record<string, string> = {},
): Answer => json(status, { error_summary: summaryOf(error), error }, headers);

/** A route's own error, which its IDL declares. */
export const routeError = (error: Tagged): Refusal => new Refusal(errorAnswer(409, error));

const plain = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  body,
});

/** What is wrong with a request itself is said in plain text, not in JSON. */
export const badInput = (name: string, message: string): Refusal =>
  new Refusal(plain(400, `Error in call to API function "${name}": ${message}`));

export const unknownFunction = (path: string): Answer =>
  plain(400, `Unknown API function: "${path.replace(/^\/2\//, "")}"`);

export const wrongMethod = (method: string): Answer =>
  plain(405, `This function only supports POST; you sent a ${method} request.`);

export const authError = (tag: string, more: Record<string, unknown> = {}): Answer =>
  errorAnswer(401, tagged(tag, more));

export const missingScope = (scope: string): Refusal =>
  new Refusal(authError("missing_scope", { required_scope: scope }));

/** In JSON, with a body that says one wait and a header that says another: the header holds. */
export function tooMany(
  reason: "too_many_requests" | "too_many_write_operations",
  wait: string,
): Answer {
  const answer = errorAnswer(429, tagged(reason), { "retry-after": wait });
  const { error_summary } = JSON.parse(answer.body.toString()) as { error_summary: string };
  const retry_after = reason === "too_many_requests" ? 300 : 1;
  const error = { reason: tagged(reason), retry_after };
  return json(429, { error_summary, error }, { "retry-after": wait });
}

/** What stands before the servers says it in its own words, and no more than that. */
export const tooManyPlain = (): Answer => plain(429, "Too many requests");

export const serverError = (status: number): Answer => plain(status, "Internal Server Error");

export const pathRootError = (namespace: string): Refusal =>
  new Refusal(
    errorAnswer(
      422,
      nested(
        "invalid_root",
        tagged("user", { root_namespace_id: namespace, home_namespace_id: namespace }),
      ),
    ),
  );

/** Thrown where something cannot be written; the route says in which of its cases. */
export class WriteRefused extends Error {
  override readonly name = "WriteRefused";
  readonly error: Tagged;

  constructor(error: Tagged) {
    super(error[".tag"]);
    this.error = error;
  }
}

/** Thrown where a path leads to nothing, or to the wrong thing. */
export class LookupRefused extends Error {
  override readonly name = "LookupRefused";
  readonly error: Tagged;

  constructor(tag: "not_found" | "not_file" | "not_folder" | "malformed_path") {
    super(tag);
    this.error = tagged(tag);
  }
}

export const conflict = (with_: "file" | "folder" | "file_ancestor"): WriteRefused =>
  new WriteRefused(nested("conflict", tagged(with_)));

/** Turns what is thrown within into a route's error, by the case it stands in. */
export function refusing<Value>(
  cases: { lookup?: (error: Tagged) => Tagged; write?: (error: Tagged) => Tagged },
  run: () => Value,
): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof LookupRefused && cases.lookup) throw routeError(cases.lookup(error.error));
    if (error instanceof WriteRefused && cases.write) throw routeError(cases.write(error.error));
    throw error;
  }
}
