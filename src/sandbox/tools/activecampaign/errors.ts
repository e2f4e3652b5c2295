import { type Answer, json, Refusal } from "../http.ts";

/** One entry of the list that a 422 brings; other errors are only a message. */
export type Problem = {
  title: string;
  detail: string;
  code: string;
  error?: string;
  source: { pointer: string };
};

const problem = (title: string, code: string, field: string, error?: string): Problem => ({
  title,
  detail: "",
  code,
  ...(error !== undefined && { error }),
  source: { pointer: `/data/attributes/${field}` },
});

const unprocessable = (...errors: Problem[]): Refusal => new Refusal(json(422, { errors }));

export const missing = (field: string, title = `The ${field} attribute was not provided`) =>
  unprocessable(problem(title, "field_missing", field));
export const invalid = (field: string, title = `The ${field} attribute is not valid.`) =>
  unprocessable(problem(title, "field_invalid", field));
export const duplicate = (field: string, title: string) =>
  unprocessable(problem(title, "duplicate", field));
export const badEmail = () =>
  unprocessable(
    problem("Contact Email Address is not valid.", "email_invalid", "email", "must_be_valid_email_address"), // prettier-ignore
  );

/** What a record refers to and there is not. */
export const relatedMissing = (field: string): Refusal =>
  new Refusal(
    json(404, {
      errors: [
        problem(`The related ${field} does not exist.`, "related_missing", field, `${field}_not_exist`), // prettier-ignore
      ],
    }),
  );

/** The inside names of things show in what is not found. */
export const notFound = (what: string, id: string): Refusal =>
  new Refusal(json(404, { message: `No Result found for ${what} with id ${id}` }));

export const badRequest = (message: string): Refusal => new Refusal(json(400, { message }));

/** Also for a wrong or missing key, where others answer 401 (unverified: the text). */
export const forbidden = (): Answer =>
  json(403, { message: "You do not have permission to access this resource" });

/** The body is not documented; the header is. */
export const tooManyRequests = (retryAfter: string | null): Answer => ({
  status: 429,
  headers: {
    "content-type": "text/html",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
  },
  body: "",
});

/** An account that is no longer paid for. */
export const lapsed = (): Answer => ({ status: 402, headers: {}, body: "" });

export const serverError = (status: number): Answer => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html><body><h1>Something went wrong.</h1></body></html>",
});

/** What a person reads of a refusal. */
export function saidBy({ answer }: Refusal): string {
  const { message, errors = [] } = JSON.parse(answer.body.toString()) as {
    message?: string;
    errors?: Problem[];
  };
  return message ?? errors.map(({ title }) => title).join(" ");
}
