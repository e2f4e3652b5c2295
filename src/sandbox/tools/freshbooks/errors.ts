import { type Answer, json, Refusal } from "../http.ts";

/** What accounting has against a request. */
export type Problem = {
  errno: number;
  field: string | null;
  message: string;
  /** client, invoice, …; null where the request itself is wrong. */
  object: string | null;
  value: string;
};

/**
 * How accounting words its errors. "classic" is the older way; "ok" is the same with status 200, which
 * happens (the official SDK looks for errors whatever the status); "rpc" is the newer way.
 */
export const DIALECTS = ["classic", "ok", "rpc"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** Accounting's "no", which the routes word in the dialect of the moment. */
export class Rejected extends Refusal {
  readonly problems: readonly Problem[];
  readonly status: number;

  constructor(status: number, problems: readonly Problem[]) {
    super(worded(status, problems, "classic"));
    this.status = status;
    this.problems = problems;
  }
}

export function worded(status: number, problems: readonly Problem[], dialect: Dialect): Answer {
  switch (dialect) {
    case "classic":
      return json(status, { response: { errors: problems } });
    case "ok":
      return json(200, { response: { errors: problems } });
    case "rpc":
      return json(status, {
        code: CODES[status] ?? 2,
        message: `Request failed with status_code: ${String(status)}`,
        details: problems.map(({ errno, object, message, value, field }) => ({
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: String(errno),
          domain: "accounting.api.freshbooks.com",
          metadata: { object: object ?? "", message, value, field: field ?? "" },
        })),
      });
    default:
      return dialect satisfies never;
  }
}

/** google.rpc.Code, by the HTTP status it goes with. */
const CODES: Record<number, number> = { 400: 3, 403: 7, 404: 5, 409: 10, 422: 3 };

export const problem = (
  errno: number,
  field: string | null,
  message: string,
  object: string | null = null,
  value = "",
): Problem => ({ errno, field, message, object, value });

const one = (status: number, ...parts: Parameters<typeof problem>): Rejected =>
  new Rejected(status, [problem(...parts)]);

export const unknownResource = (object: string, id: string): Rejected =>
  one(404, 1012, `${object === "client" ? "user" : object}id`, `${capital(object)} not found.`, object, id); // prettier-ignore

/** Status and wording unverified; the number is documented. */
export const deletedResource = (object: string, id: string): Rejected =>
  one(422, 1011, "vis_state", `${capital(object)} has been deleted.`, object, id);

/** Wording unverified; the number is documented. */
export const accessDenied = (message: string): Rejected => one(403, 1003, null, message);

export const unparsable = (message: string): Rejected => one(400, 1005, null, message);

export const wrongQuery = (errno: number, field: string, message: string, value: string) =>
  one(422, errno, field, message, null, value);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The front door's words. Source: the official SDK's tests. */
export const unauthenticated = (): Answer =>
  json(401, {
    error: "unauthenticated",
    error_description: "This action requires authentication to continue.",
  });

export const noSuchPath = (): Answer =>
  json(404, { error_type: "not_found", message: "The requested resource was not found." });

/** No number, header or body is documented; a 429 is, since the official SDK retries it. */
export const tooManyRequests = (retryAfter: string | null = null): Answer => ({
  status: 429,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
  },
  body: "Too Many Requests",
});

export const serverError = (status: number): Answer =>
  json(status, { error_type: "internal", message: "An internal error occurred." });

/** Projects' words: a number and what is wrong by field, or one sentence. */
export const projectProblem = (fields: Record<string, string>): Refusal =>
  new Refusal(json(422, { errno: 2001, error: fields }));

export const projectRefusal = (status: number, error: string): Refusal =>
  new Refusal(json(status, { error }));

export const noSuchProject = (): Refusal =>
  projectRefusal(404, "Requested resource could not be found.");

/** What callbacks have against a request. */
export const invalidCallback = (field: string, description: string): Refusal =>
  new Refusal(
    json(400, {
      code: 3,
      message: "Invalid data in this request.",
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.BadRequest",
          fieldViolations: [{ field, description }],
        },
      ],
    }),
  );

/** What a refusal says, for people to read. */
export function reasonOf(refusal: Refusal): string {
  if (refusal instanceof Rejected) return refusal.problems.map(({ message }) => message).join(" ");
  const { error } = JSON.parse(refusal.answer.body.toString()) as { error?: unknown };
  if (typeof error === "string") return error;
  return Object.entries((error ?? {}) as Record<string, string>)
    .map(([field, what]) => `${field}: ${what}`)
    .join(" ");
}
