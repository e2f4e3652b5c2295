import { randomUUID } from "node:crypto";
import { type Answer, json, Refusal } from "../http.ts";
import { PORTAL } from "./account.ts";

export type Problem = { message: string; error: string; name: string };

export type ErrorBody = {
  status: "error";
  message: string;
  correlationId: string;
  category?: string;
  context?: Record<string, string[]>;
  [more: string]: unknown;
};

/** HubSpot's error answer. Source: error bodies in its documentation and in public bug reports. */
export function errorAnswer(
  status: number,
  body: { message: string; category?: string; [more: string]: unknown },
  headers: Record<string, string> = {},
): Answer {
  const full: ErrorBody = { status: "error", correlationId: randomUUID(), ...body };
  return json(status, full, headers);
}

const refuse = (status: number, body: Parameters<typeof errorAnswer>[1]) =>
  new Refusal(errorAnswer(status, body));

export const badRequest = (message: string, context?: Record<string, string[]>): Refusal =>
  refuse(400, { message, category: "VALIDATION_ERROR", ...(context && { context }) });

/** The problems stand as a JSON array inside the message, as HubSpot words them. */
export const invalidProperties = (problems: Problem[]): Refusal =>
  badRequest(
    `Property values were not valid: ${JSON.stringify(
      problems.map((problem) => ({
        isValid: false,
        ...problem,
        localizedErrorMessage: problem.message,
        portalId: PORTAL,
      })),
    )}`,
  );

export const alreadyExists = (id: string): Refusal =>
  refuse(409, {
    message: `Contact already exists. Existing ID: ${id}`,
    category: "CONFLICT",
  });

/** A value of a custom unique property that another record has; how the message goes is unverified. */
export const valueTaken = (name: string, value: string): Refusal =>
  invalidProperties([
    { message: `${value} already has that value.`, error: "CONFLICTING_UNIQUE_VALUE", name },
  ]);

export const notFound = (): Refusal =>
  refuse(404, { message: "Resource not found", category: "OBJECT_NOT_FOUND" });

export const wrongToken = (): Answer =>
  errorAnswer(401, {
    message:
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
    category: "INVALID_AUTHENTICATION",
  });

export const expiredToken = (): Answer =>
  errorAnswer(401, {
    message: "The OAuth token used to make this call expired 75 second(s) ago.",
    category: "EXPIRED_AUTHENTICATION",
    context: { "expire time": [new Date(Date.now() - 75_000).toISOString()] },
  });

export const missingScopes = (anyOf: readonly string[]): Refusal =>
  refuse(403, {
    message: "This app hasn't been granted all required scopes to make this call.",
    category: "MISSING_SCOPES",
    errors: [
      {
        message: "One or more of the following scopes are required.",
        context: { requiredGranularScopes: anyOf },
      },
    ],
  });

export type Policy = "TEN_SECONDLY_ROLLING" | "SECONDLY" | "DAILY";

/** HubSpot does not promise a Retry-After; only an injected fault sets one here. */
export const tooManyRequests = (policy: Policy, retryAfter: string | null = null): Answer =>
  errorAnswer(
    429,
    {
      message: `You have reached your ${policy.toLowerCase()} limit.`,
      errorType: "RATE_LIMIT",
      policyName: policy,
      ...(policy !== "DAILY" && {
        groupName: `publicapi:private_app-api-calls-${GROUPS[policy]}:${String(PORTAL)}`,
      }),
    },
    retryAfter === null ? {} : { "retry-after": retryAfter },
  );

const GROUPS = { TEN_SECONDLY_ROLLING: "ten-secondly", SECONDLY: "secondly" };
