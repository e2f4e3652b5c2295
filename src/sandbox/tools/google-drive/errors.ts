import { type Answer, json, Refusal } from "../http.ts";

export type Problem = {
  domain: "global" | "usageLimits";
  reason: string;
  message: string;
  locationType?: "parameter" | "header";
  location?: string;
};

/**
 * Drive's error answer: what went wrong stands in `errors[0].reason`, not in the status. Bodies and
 * reasons are from recorded answers and Google's page on resolving errors; where a reason is only
 * likely the place that gives it says so.
 */
export const errorAnswer = (
  status: number,
  problem: Problem,
  headers: Record<string, string> = {},
): Answer =>
  json(
    status,
    { error: { errors: [problem], code: status, message: problem.message } },
    { vary: "Origin, X-Origin, Referer", ...headers },
  );

export const refuse = (
  status: number,
  reason: string,
  message: string,
  location?: string,
  locationType: Problem["locationType"] = "parameter",
): Refusal =>
  new Refusal(
    errorAnswer(status, {
      domain: "global",
      reason,
      message,
      ...(location === undefined ? {} : { locationType, location }),
    }),
  );

export const notFound = (id: string): Refusal =>
  refuse(404, "notFound", `File not found: ${id}.`, "fileId");

export const driveNotFound = (id: string): Refusal =>
  refuse(404, "notFound", `Shared drive not found: ${id}`, "driveId");

/** A value that is none of those a parameter takes: a page token of yesterday, a broken `q`. */
export const invalidValue = (location: string, message = "Invalid Value"): Refusal =>
  refuse(400, "invalid", message, location);

export const invalidParameter = (location: string, message: string): Refusal =>
  refuse(400, "invalidParameter", message, location);

export const missing = (location: string, message = `Required parameter: ${location}`): Refusal =>
  refuse(400, "required", message, location);

export const badRequest = (message: string, location?: string): Refusal =>
  refuse(400, "badRequest", message, location);

/** A field of a body that no such resource has. */
export const unknownName = (name: string): Refusal =>
  badRequest(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);

export const badContent = (message: string): Refusal => refuse(400, "badContent", message);

export const parseError = (): Refusal => refuse(400, "parseError", "Parse Error");

export const conflict = (reason: string, message: string, location?: string): Refusal =>
  refuse(409, reason, message, location);

export const gone = (location: string): Refusal =>
  refuse(410, "gone", "The requested resource is gone.", location);

export const forbidden = (reason: string, message: string, location?: string): Refusal =>
  refuse(403, reason, message, location);

export const notWritable = (
  message = "The resource body includes fields which are not directly writable.",
): Refusal => forbidden("fieldNotWritable", message);

export const noPermission = (): Refusal =>
  forbidden(
    "insufficientFilePermissions",
    "The user does not have sufficient permissions for this file.",
  );

export const scopesMissing = (): Refusal =>
  forbidden(
    "insufficientPermissions",
    "Insufficient Permission: Request had insufficient authentication scopes.",
  );

export const storageFull = (
  message = "The user's Drive storage quota has been exceeded.",
): Refusal => forbidden("storageQuotaExceeded", message);

export const invalidCredentials = (): Answer =>
  errorAnswer(
    401,
    {
      domain: "global",
      reason: "authError",
      message: "Invalid Credentials",
      locationType: "header",
      location: "Authorization",
    },
    { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  );

export const loginRequired = (): Answer =>
  errorAnswer(
    401,
    {
      domain: "global",
      reason: "required",
      message: "Login Required.",
      locationType: "header",
      location: "Authorization",
    },
    { "www-authenticate": 'Bearer realm="https://accounts.google.com/"' },
  );

/** The usual word for too many requests is a 403. */
export const userRateLimit = (): Answer =>
  errorAnswer(403, {
    domain: "usageLimits",
    reason: "userRateLimitExceeded",
    message: "User Rate Limit Exceeded",
  });

/** The backend's own word for it; Google promises no Retry-After, only a fault sets one here. */
export const backendRateLimit = (retryAfter: string): Answer =>
  errorAnswer(
    429,
    { domain: "usageLimits", reason: "rateLimitExceeded", message: "Rate Limit Exceeded" },
    { "retry-after": retryAfter },
  );

/** Gone until somebody raises the project's quota or the day is over. */
export const dailyLimit = (): Answer =>
  errorAnswer(403, {
    domain: "usageLimits",
    reason: "dailyLimitExceeded",
    message: "Daily Limit Exceeded. The quota will be reset at midnight Pacific Time.",
  });

export const serverError = (status: number): Answer =>
  errorAnswer(
    status,
    status === 500
      ? { domain: "global", reason: "internalError", message: "Internal Error" }
      : { domain: "global", reason: "backendError", message: "Backend Error" },
  );

export const unknownPath = (path: string): Answer =>
  errorAnswer(404, { domain: "global", reason: "notFound", message: `Not Found: ${path}` });

export const wrongMethod = (method: string): Answer =>
  errorAnswer(405, {
    domain: "global",
    reason: "httpMethodNotAllowed",
    message: `The HTTP method ${method} is not allowed for this resource.`,
  });
