import { type Answer, json, Refusal } from "../http.ts";

const HELP =
  "For more information on API status codes and how to handle them, read the docs on errors: https://developers.asana.com/docs/errors";

export type Failure = { message: string; help?: string; phrase?: string };
export type ErrorBody = { errors: Failure[] };

export const failed = (
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Answer => json(status, { errors: [{ message, help: HELP }] }, headers);

const refuse = (status: number, message: string) => new Refusal(failed(status, message));

export const badRequest = (message: string): Refusal => refuse(400, message);
export const missingInput = (name: string): Refusal => badRequest(`${name}: Missing input`);

/** The wording of most refusals of one field is unverified; "name: what" is the pattern of those known. */
export const wrongField = (name: string, what: string): Refusal => badRequest(`${name}: ${what}`);

/** Wording unverified. */
export const notRecognized = (kind: string, gid: string): Refusal =>
  refuse(404, `${kind}: Not a recognized ID: ${gid}`);

export const unauthorized = (): Answer => failed(401, "Not Authorized");

export const expiredToken = (): Answer =>
  failed(
    401,
    "The bearer token has expired. If you have a refresh token, please use it to request a new bearer token, otherwise allow the user to re-authenticate.",
  );

/** Wording unverified. */
export const missingScope = (scope: string): Refusal =>
  refuse(
    403,
    `Your access token does not have the required scopes to make this request. Required: ${scope}`,
  );

export const forbidden = (message: string): Refusal => refuse(403, message);

export const paymentRequired = (): Refusal =>
  refuse(402, "Search is only available to premium users.");

export const tooManyRequests = (retryAfter: string | null): Answer =>
  failed(
    429,
    "You've made too many requests and hit a rate limit. Please retry after the given amount of time.",
    retryAfter === null ? {} : { "retry-after": retryAfter },
  );

export const serverError = (status: number): Answer =>
  json(status, {
    errors: [{ message: "Server Error", phrase: "6 sad squid snuggle softly" }],
  });

/** Also the normal answer to the first call, without a token. */
export const syncTokenInvalid = (sync: string): Answer =>
  json(412, {
    errors: [
      {
        message:
          "Sync token invalid or too old. If you are attempting to keep resources in sync, you must fetch the full dataset for this query now and use the new sync token for the next sync.",
      },
    ],
    sync,
  });
