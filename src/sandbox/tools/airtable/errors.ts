import { type Answer, json, Refusal } from "../http.ts";

/** Airtable's usual error body. Source: its errors page and recorded answers, as are the types below. */
const told = (status: number, type: string, message: string): Answer =>
  json(status, { error: { type, message } });

export const invalid = (type: string, message: string): Refusal =>
  new Refusal(told(422, type, message));

export const badRequest = (): Refusal =>
  invalid(
    "INVALID_REQUEST_UNKNOWN",
    "Invalid request: parameter validation failed. Check your request data.",
  );

export const missing = (field: string): Refusal =>
  invalid("INVALID_REQUEST_MISSING_FIELDS", `Could not find field "${field}" in the request body`);

export const unreadable = (): Refusal =>
  invalid("INVALID_REQUEST_BODY", "Could not parse request body");

export const tooMany = (verb: string, count: number): Refusal =>
  invalid(
    "INVALID_REQUEST_UNKNOWN",
    `A maximum of 10 records can be ${verb} per request but you have provided ${String(count)}.`,
  );

export const invalidRecords = (): Refusal =>
  invalid(
    "INVALID_RECORDS",
    'You must provide an array of up to 10 record objects, each with an "id" ID field and a "fields" object for cell values.',
  );

export const unknownField = (name: string): Refusal =>
  invalid("UNKNOWN_FIELD_NAME", `Unknown field name: "${name}"`);

export const computed = (name: string): Refusal =>
  invalid(
    "INVALID_VALUE_FOR_COLUMN",
    `Field "${name}" cannot accept a value because the field is computed`,
  );

export const wrongValue = (name: string): Refusal =>
  invalid("INVALID_VALUE_FOR_COLUMN", `Field "${name}" cannot accept the provided value`);

/** The option stands in two pairs of quotes: so it was recorded. */
export const unknownOption = (option: string): Refusal =>
  invalid(
    "INVALID_MULTIPLE_CHOICE_OPTIONS",
    `Insufficient permissions to create new select option ""${option}""`,
  );

export const noSuchRow = (id: string): Refusal =>
  invalid("ROW_DOES_NOT_EXIST", `Record ID ${id} does not exist`);

export const otherTable = (id: string, table: string, linked: string): Refusal =>
  invalid(
    "ROW_TABLE_DOES_NOT_MATCH_LINKED_TABLE",
    `Record ID ${id} belongs to table ${table}, but the field links to table ${linked}`,
  );

export const invalidFormula = (reason: string): Refusal =>
  invalid("INVALID_FILTER_BY_FORMULA", `The formula for filtering records is invalid: ${reason}`);

export const deadIterator = (): Refusal => invalid("LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "");

/** No such base or table, or not for this token: Airtable does not say which. */
export const noSuchModel = (): Answer =>
  told(
    403,
    "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
    "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.",
  );

/** Of a record, a webhook or an address: a text where an object stands elsewhere. */
export const notFound = (): Answer => json(404, { error: "NOT_FOUND" });

export const signedOut = (): Answer => told(401, "AUTHENTICATION_REQUIRED", "Authentication required"); // prettier-ignore

/** The third shape: a list. Retry-After is not promised; only an injected fault sets one here. */
export const tooFast = (retryAfter: string | null = null): Answer =>
  json(
    429,
    {
      errors: [
        {
          error: "RATE_LIMIT_REACHED",
          message: "Rate limit exceeded. Please try again later",
        },
      ],
    },
    retryAfter === null ? {} : { "retry-after": retryAfter },
  );

/** Until the month ends. The type is quoted in many reports, the shape around it is unverified. */
export const quotaSpent = (): Answer =>
  json(429, {
    errors: [
      {
        error: "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
        message:
          "API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.",
      },
    ],
  });

/** What Airtable documents no body for has the type that its own client gives it. */
export const tooLarge = (): Answer => told(413, "REQUEST_TOO_LARGE", "Request body is too large");

/** Unverified: Airtable says that longer addresses are refused, not how. */
export const addressTooLong = (): Answer => told(414, "REQUEST_URI_TOO_LONG", "The URL is longer than 16000 characters"); // prettier-ignore

export const serverError = (status: number): Answer =>
  status === 503
    ? told(
        503,
        "RETRIABLE_ERROR",
        "Server encountered an error while processing your request, and it is safe to retry the request",
      )
    : told(status, "SERVER_ERROR", "Server error");

export const wrongMethod = (): Answer => notFound();

/** What a person reads of a refusal, whichever of the shapes it has. */
export function reasonOf({ answer }: Refusal): string {
  const { error } = JSON.parse(answer.body.toString()) as { error: string | { message: string } };
  return typeof error === "string" ? error : error.message;
}
