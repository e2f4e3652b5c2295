import { randomUUID } from "node:crypto";
import { type Answer, Refusal } from "../http.ts";

export type FieldProblem = { field: string; message: string };

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: FieldProblem[];
};

const TYPE = "https://mailchimp.com/developer/marketing/docs/errors/";

/** Mailchimp's error answer. Sources of the words: its error glossary and recorded answers. */
export function problem(
  status: number,
  title: string,
  detail: string,
  errors?: FieldProblem[],
  headers: Record<string, string> = {},
): Answer {
  const instance = randomUUID();
  const body: Problem = { type: TYPE, title, status, detail, instance, ...(errors && { errors }) };
  return {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "x-request-id": instance,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

export const refuse = (title: string, detail: string, errors?: FieldProblem[]): Refusal =>
  new Refusal(problem(400, title, detail, errors));

/** The body is not as the endpoint's schema has it. */
export const invalidBody = (...errors: FieldProblem[]): Refusal =>
  refuse(
    "Invalid Resource",
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    errors,
  );

export const invalidMerges = (errors: FieldProblem[]): Refusal =>
  refuse("Invalid Resource", "Your merge fields were invalid.", errors);

export const memberExists = (email: string): Refusal =>
  refuse(
    "Member Exists",
    `${email} is already a list member. Use PUT to insert or update list members.`,
  );

export const inCompliance = (email: string): Refusal =>
  refuse(
    "Member In Compliance State",
    `${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
  );

export const forgotten = (email: string): Refusal =>
  refuse(
    "Forgotten Email Not Subscribed",
    `${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
  );

export const looksFake = (email: string): Refusal =>
  refuse("Invalid Resource", `${email} looks fake or invalid, please enter a real email address.`);

export const notFound = (): Answer =>
  problem(404, "Resource Not Found", "The requested resource could not be found.");

export const wrongMethod = (): Answer =>
  problem(
    405,
    "Method Not Allowed",
    "The requested method and resource are not compatible. See the Allow header for this resource's available methods.",
  );

export const cannotBeRemoved = (): Answer =>
  problem(
    405,
    "Method Not Allowed",
    "This list member cannot be removed.  Please contact support.",
  );

export const wrongKey = (): Answer =>
  problem(
    401,
    "API Key Invalid",
    "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
  );

export const keyMissing = (): Answer =>
  problem(401, "API Key Missing", "Your request did not include an API key.");

export const tooManyConnections = (retryAfter: string | null = null): Answer =>
  problem(
    429,
    "Too Many Requests",
    "You have exceeded the limit of 10 simultaneous connections.",
    undefined,
    retryAfter === null ? {} : { "retry-after": retryAfter },
  );

/** Of what stands before Mailchimp's own servers there is only the status. */
export const serverError = (status: number): Answer =>
  status === 500
    ? problem(
        500,
        "Internal Server Error",
        "A deep internal error has occurred during the processing of your request. Please contact support.",
      )
    : { status, headers: {}, body: "" };

/** What a person reads of a refusal. */
export function reasonOf({ answer }: Refusal): string {
  const { detail, errors = [] } = JSON.parse(answer.body.toString()) as Problem;
  return [detail, ...errors.map(({ field, message }) => `${field}: ${message}`)].join(" ");
}
