import { FieldFailure } from "./graphql/execute.ts";

/** How monday words what goes wrong with one field. HTTP stays 200; `status_code` says what it would be. */
const failure = (
  code: string,
  message: string,
  error_data: Record<string, unknown> = {},
  status_code = 200,
): FieldFailure => new FieldFailure(code, message, { code, status_code, error_data });

const HINT =
  "Please check our API documentation for the correct data structure for this column. https://developer.monday.com/api-reference/docs/change-column-values";

/** `column_type` is monday's inner name: a status is a "color". */
export const wrongColumnValue = (what: string, column_type: string): FieldFailure =>
  failure("ColumnValueException", `invalid value - ${what}. ${HINT}`, { column_type });

/** About 64 KB to an item; how monday words that there would be more is unverified. */
export const itemFull = (): FieldFailure =>
  failure("ColumnValueException", "The column values of an item may take 64KB together");

export const unknownColumn = (column: string): FieldFailure =>
  failure("InvalidColumnIdException", "This column ID doesn't exist for the board", {
    column_id: column,
  });

export const unknownBoard = (board: string): FieldFailure =>
  failure("InvalidBoardIdException", "Board not found", { board_id: board });

export const notFound = (what: string, id: string): FieldFailure =>
  failure("ResourceNotFoundException", `${what} not found`, { resource_id: id });

export const nameLength = (): FieldFailure =>
  failure("ItemNameTooLongException", "Item name must be between 1 and 255 characters");

export const boardFull = (limit: number): FieldFailure =>
  failure("ItemsLimitationException", `Board items limit of ${String(limit)} exceeded`);

export const wrongJson = (): FieldFailure =>
  failure("JsonParseException", "column_values is not a valid JSON string");

export const wrongArgument = (message: string): FieldFailure =>
  failure("InvalidArgumentException", message);

/** Code and words are those that people report; where they stand is unverified. */
export const cursorEnded = (): FieldFailure =>
  failure(
    "CursorExpiredError",
    "CursorExpiredError: The cursor provided for pagination has expired. Please refresh your query and obtain a new cursor to continue fetching items",
  );

export const notAllowed = (): FieldFailure =>
  failure("UserUnauthorizedException", "User unauthorized to perform action", {}, 403);

export const viewerOnly = (): FieldFailure =>
  failure("USER_ACCESS_DENIED", "The user does not have permission to make changes", {}, 403);

export const missingScope = (scope: string): FieldFailure =>
  failure("missingRequiredPermissions", `Missing required permissions: ${scope}`, {
    required_scopes: [scope],
  });

export const tooMany = (code: string, message: string, seconds: number): FieldFailure =>
  new FieldFailure(code, message, {
    code,
    status_code: 429,
    error_data: {},
    retry_in_seconds: seconds,
  });

/** The handshake's failure; its code is unverified. */
export const challengeFailed = (url: string): FieldFailure =>
  failure("WebhookChallengeException", `Failed to verify the challenge of the webhook URL ${url}`);
