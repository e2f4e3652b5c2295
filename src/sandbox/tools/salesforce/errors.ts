import { type Answer, json, Refusal } from "../http.ts";

/** One entry of the list that every error answer is. */
export type Problem = {
  message: string;
  errorCode: string;
  fields?: readonly string[];
  duplicateResult?: object;
};

/** A "no" of the interface; a collection puts its problems into the item instead. */
export class Trouble extends Refusal {
  readonly problems: readonly Problem[];

  constructor(status: number, problems: readonly Problem[]) {
    super(json(status, problems));
    this.problems = problems;
  }
}

const bad = (errorCode: string, message: string, fields?: readonly string[]): Trouble =>
  new Trouble(400, [{ message, errorCode, ...(fields && { fields }) }]);

const missing = (errorCode: string, message: string): Trouble =>
  new Trouble(404, [{ errorCode, message }]);

export const notFound = (): Trouble =>
  missing("NOT_FOUND", "The requested resource does not exist");
export const noExternalId = (name: string): Trouble =>
  missing("NOT_FOUND", `Provided external ID field does not exist or is not accessible: ${name}`);
export const isDeleted = (): Trouble =>
  new Trouble(404, [{ message: "entity is deleted", errorCode: "ENTITY_IS_DELETED", fields: [] }]);

export const invalidQuery = (message: string): Trouble => bad("MALFORMED_QUERY", message);
export const invalidField = (message: string): Trouble => bad("INVALID_FIELD", message);
export const invalidType = (message: string): Trouble => bad("INVALID_TYPE", message);
export const invalidFilter = (message: string): Trouble =>
  bad("INVALID_QUERY_FILTER_OPERATOR", message);
export const outOfRange = (message: string): Trouble => bad("NUMBER_OUTSIDE_VALID_RANGE", message);
export const invalidLocator = (): Trouble => bad("INVALID_QUERY_LOCATOR", "invalid query locator");
export const unreadable = (message: string): Trouble => bad("JSON_PARSER_ERROR", message);
export const invalidInput = (message: string): Trouble => bad("INVALID_INPUT", message);
export const malformedId = (id: string, fields: readonly string[] = []): Trouble =>
  bad("MALFORMED_ID", `malformed id ${id}`, fields);
export const tooMany = (max: number): Trouble =>
  bad(
    "EXCEEDED_ID_LIMIT",
    `record limit reached. cannot submit more than ${String(max)} records into this call`,
  );
export const missingArgument = (message: string): Trouble => bad("MISSING_ARGUMENT", message, []);
export const noCrossReference = (): Trouble =>
  bad("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
export const idTaken = (): Trouble =>
  bad("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", ["Id"]);
/** Records of changing types are worked off in chunks (unverified: where this is told). */
export const chunked = (max: number): Trouble =>
  bad(
    "LIMIT_EXCEEDED",
    `Cannot have more than ${String(max)} chunks in a single operation. Please rearrange the data to reduce chunking.`,
  );
export const requiredMissing = (fields: readonly string[]): Trouble =>
  bad("REQUIRED_FIELD_MISSING", `Required fields are missing: [${fields.join(", ")}]`, fields);
export const notWritable = (fields: readonly string[]): Trouble =>
  bad(
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    `Unable to create/update fields: ${fields.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  );
export const noColumn = (name: string, object: string): Trouble =>
  invalidField(`No such column '${name}' on sobject of type ${object}`);
export const notInBody = (name: string): Trouble =>
  invalidField(`The ${name} field should not be specified in the sobject data.`);
export const invalidWindow = (message: string): Trouble => bad("INVALID_REPLICATION_DATE", message);
export const refusedBy = (errorCode: string, message: string, fields: readonly string[]): Trouble =>
  bad(errorCode, message, fields);

/** Who sent If-Unmodified-Since finds the record newer (unverified: the text). */
export const changedSince = (): Trouble =>
  new Trouble(412, [
    {
      message: "The record has been modified since the time specified in the request.",
      errorCode: "PRECONDITION_FAILED",
    },
  ]);

export const notJson = (type: string): Trouble =>
  new Trouble(415, [
    {
      message: `Content-Type header specified in HTTP request is not supported: ${type}`,
      errorCode: "UNSUPPORTED_MEDIA_TYPE",
    },
  ]);

export const sessionExpired = (): Answer =>
  json(401, [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }], {
    "www-authenticate": "Token",
  });

/** What a token without the scope `api` gets: signing in again does not help. */
export const noApiScope = (): Answer =>
  json(401, [
    {
      message: "This session is not valid for use with the REST API",
      errorCode: "INVALID_SESSION_ID",
    },
  ]);

/** What an edition without the interface answers (unverified). */
export const apiDisabled = (): Answer =>
  json(403, [
    {
      message: "The REST API is not enabled for this Organization.",
      errorCode: "API_DISABLED_FOR_ORG",
    },
  ]);

/** Over the daily limit it is a 403, and nothing says when it ends. */
export const dailyLimit = (): Answer =>
  json(403, [{ message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" }]);

export const serverError = (status: number): Answer =>
  json(status, [
    status === 503
      ? { message: "Server Unavailable", errorCode: "SERVER_UNAVAILABLE" }
      : { message: "An unexpected error occurred.", errorCode: "UNKNOWN_EXCEPTION" },
  ]);

export const wrongMethod = (method: string): Answer =>
  json(405, [
    {
      message: `HTTP Method '${method}' not allowed. Allowed are HEAD,GET,POST,PATCH,DELETE`,
      errorCode: "METHOD_NOT_ALLOWED",
    },
  ]);
