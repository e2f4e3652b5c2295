import { randomUUID } from "node:crypto";
import { type Answer, json } from "../http.ts";
import { ACCOUNT_ID } from "./account.ts";
import type { FieldFailure, Outcome } from "./graphql/execute.ts";
import type { WrongDocument } from "./graphql/syntax.ts";

export type ErrorBody = { errors: (string | { message: string })[] };

/** Over all calls, which of the ways monday has been seen to tell of a limit. */
export type LimitForm = "429" | "200" | "old";

const told = (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  json(status, { ...body, extensions: { request_id: randomUUID() } }, headers);

/** Application errors come with status 200, beside whatever data there is. */
export function outcomeAnswer({ data, failures }: Outcome): Answer {
  if (failures.length === 0) return told(200, { data });
  const errors = failures.map(({ error, path, at }) => ({
    message: error.message,
    locations: [at],
    path,
    extensions: error.extensions,
  }));
  const wait = failures.find(({ error }) => "retry_in_seconds" in error.extensions);
  const headers = wait === undefined ? {} : { "retry-after": String(wait.error.extensions["retry_in_seconds"]) }; // prettier-ignore
  return told(200, { errors, data, account_id: ACCOUNT_ID }, headers);
}

/** A document that cannot be read is a bad request; one that does not fit the schema is told with status 200. */
export function documentAnswer(error: WrongDocument): Answer {
  const code = {
    syntax: "GRAPHQL_PARSE_FAILED",
    validation: "GRAPHQL_VALIDATION_FAILED",
    variables: "BAD_USER_INPUT",
  }[error.kind];
  const locations = error.at === null ? [] : [error.at];
  const errors = [{ message: error.message, locations, extensions: { code } }];
  return told(error.kind === "syntax" ? 400 : 200, { errors, account_id: ACCOUNT_ID });
}

export const badRequest = (message: string): Answer =>
  told(400, { errors: [{ message, extensions: { code: "BAD_REQUEST", status_code: 400 } }] });

/** A refusal of the whole call: a limit, or something it weighs too much for. */
export function limitAnswer(error: FieldFailure, form: LimitForm): Answer {
  const seconds = error.extensions["retry_in_seconds"];
  const headers = typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
  const { message, extensions } = error;
  if (form === "old" && extensions["code"] === "COMPLEXITY_BUDGET_EXHAUSTED") {
    const { complexity, complexity_budget_left: left, complexity_budget_limit: limit } = extensions;
    const words = `${message}, query cost ${String(complexity)} budget remaining ${String(left)} out of ${String(limit)} reset in ${String(seconds)} seconds`;
    return json(200, { error_code: "ComplexityException", status_code: 429, error_message: words, error_data: {}, errors: [words], account_id: ACCOUNT_ID }, headers); // prettier-ignore
  }
  const waits = typeof seconds === "number";
  const status = waits && form === "429" ? 429 : 200;
  return told(status, { errors: [{ message, extensions }], account_id: ACCOUNT_ID }, headers);
}

/** The older form, whose list holds a text and no object; that it is still used here is unverified. */
export const notAuthenticated = (): Answer => json(401, { errors: ["Not Authenticated"] });

export const unauthorized = (path: string): Answer =>
  json(403, {
    data: [],
    errors: [
      {
        message: "User unauthorized to perform action",
        path: [path],
        extensions: { code: "UserUnauthorizedException", error_data: {}, status_code: 403 },
      },
    ],
    account_id: ACCOUNT_ID,
  });

export const tooManyRequests = (retryAfter: string | null): Answer =>
  told(
    429,
    {
      errors: [
        {
          message: "Minute limit rate exceeded",
          extensions: {
            code: "RATE_LIMIT_EXCEEDED",
            status_code: 429,
            ...(retryAfter !== null && { retry_in_seconds: Number(retryAfter) }),
          },
        },
      ],
      account_id: ACCOUNT_ID,
    },
    retryAfter === null ? {} : { "retry-after": retryAfter },
  );

export const serverError = (status: number): Answer =>
  told(status, {
    errors: [
      { message: "Internal server error", extensions: { code: "INTERNAL_SERVER_ERROR", status_code: status } }, // prettier-ignore
    ],
    account_id: ACCOUNT_ID,
  });
