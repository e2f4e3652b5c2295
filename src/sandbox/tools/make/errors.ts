import { type Answer, json, Refusal } from "../http.ts";

type Sub = { message: string; name: string };

/**
 * Make's errors all have this shape. Source: developers.make.com, HTTP status error codes, which shows
 * SC403; the other codes but IM004 are unverified.
 */
const answer = (
  status: number,
  code: string,
  message: string,
  detail: string,
  more: { suberrors?: readonly Sub[]; headers?: Record<string, string> } = {},
): Answer =>
  json(
    status,
    {
      detail,
      message,
      code,
      ...(more.suberrors !== undefined && { suberrors: more.suberrors }),
    },
    more.headers,
  );

export const badRequest = (detail: string, ...suberrors: string[]): Refusal =>
  new Refusal(
    answer(400, "SC400", "Bad Request", detail, {
      ...(suberrors.length > 0 && {
        suberrors: suberrors.map((message) => ({ message, name: "ValidationError" })),
      }),
    }),
  );

export const notFound = (what: string): Refusal =>
  new Refusal(answer(404, "SC404", "Not found", `${what} not found.`));

export const confirmationNeeded = (detail: string): Refusal =>
  new Refusal(answer(406, "IM004", "Confirmation required", detail));

export const unauthorized = (): Answer =>
  answer(401, "SC401", "Unauthorized", "The token is missing or not valid.");

export const accessDenied = (): Answer =>
  answer(403, "SC403", "Permission denied", "Access denied.");

export const unknownPath = (path: string): Answer => answer(404, "SC404", "Not found", `${path} not found.`); // prettier-ignore

export const wrongMethod = (method: string): Answer =>
  answer(405, "SC405", "Method not allowed", `${method} is not allowed here.`);

export const tooManyRequests = (retryAfter: string | null): Answer =>
  answer(
    429,
    "SC429",
    "Too many requests",
    "Requests limit for organization exceeded, please try again later.",
    retryAfter === null ? {} : { headers: { "retry-after": retryAfter } },
  );

export const serverError = (status: number): Answer =>
  answer(status, `SC${String(status)}`, "Internal server error", "An unexpected error occurred.");

/** What a refusal says, for people to read. */
export function reasonOf({ answer: { body } }: Refusal): string {
  return (JSON.parse(body.toString()) as { detail: string }).detail;
}
