import type { Answer, Request as HttpRequest } from "../http.ts";
import { badRequest, documentAnswer, limitAnswer, type LimitForm, outcomeAnswer } from "./answers.ts"; // prettier-ignore
import { objectIn } from "./columns/column-kind.ts";
import { weightOf } from "./complexity.ts";
import { execute, FieldFailure, type Root, type Shown, variablesOf } from "./graphql/execute.ts";
import { parse } from "./graphql/parser.ts";
import { type Document, type Operation, WrongDocument } from "./graphql/syntax.ts";
import { validate } from "./graphql/validate.ts";
import type { Limits } from "./limits.ts";
import type { Replays } from "./replays.ts";
import { schema } from "./schema/whole.ts";
import type { Caller } from "./scopes.ts";

export type Endpoint = {
  answer(request: HttpRequest, caller: Caller): Promise<Answer>;
  limitForm: LimitForm;
};

type Body = { query: string; variables: Record<string, unknown>; operationName: string | null };
/** The functions at the top for one operation, with what its complexity has come to. */
export type RootFor = (operation: Operation, caller: Caller, complexity: () => Shown) => Root;

/** `POST /v2`: one document in, one answer out, in this order: limits, body, document, weight, run. */
export function openEndpoint(limits: Limits, replays: Replays, rootFor: RootFor): Endpoint {
  async function answer(request: HttpRequest, caller: Caller): Promise<Answer> {
    const body = bodyOf(request);
    if (typeof body === "string") return badRequest(body);
    const document = parse(body.query);
    validate(schema, document);
    const operation = operationOf(document, body.operationName);
    const key = request.headers["idempotency-key"];
    const handle = () => run(document, operation, body.variables, caller);
    return operation.kind === "mutation" && typeof key === "string"
      ? replays.once(`${caller.app ? "app" : "personal"} ${key}`, handle)
      : handle();
  }

  async function run(
    document: Document,
    operation: Operation,
    given: Body["variables"],
    caller: Caller,
  ): Promise<Answer> {
    const variables = variablesOf(schema, operation, given);
    const weight = weightOf(operation, document, variables);
    const complexity = limits.spend(poolOf(caller, operation.kind), weight);
    const root = rootFor(operation, caller, () => complexity);
    return outcomeAnswer(await execute(schema, document, operation, variables, root));
  }

  const self: Endpoint = {
    limitForm: "429",
    async answer(request, caller) {
      let leave = () => {};
      let answered: Answer;
      try {
        leave = limits.enter();
        answered = await answer(request, caller);
      } catch (error) {
        if (error instanceof WrongDocument) answered = documentAnswer(error);
        else if (error instanceof FieldFailure) answered = limitAnswer(error, self.limitForm);
        else throw error;
      } finally {
        leave();
      }
      const shown = limits.headers(poolOf(caller, "query"));
      return { ...answered, headers: { ...answered.headers, ...shown } };
    },
  };
  return self;
}

const poolOf = ({ app }: Caller, kind: Operation["kind"]): string =>
  app ? (kind === "mutation" ? "app writes" : "app reads") : "personal";

/** The body, or what is wrong with it. */
function bodyOf(request: HttpRequest): Body | string {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    return "Content-Type must be application/json";
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch {
    return "The body is not valid JSON";
  }
  const { query, variables, operationName } = objectIn(parsed) ?? {};
  if (typeof query !== "string" || query.trim() === "") return "Query is missing";
  if (variables !== undefined && variables !== null && objectIn(variables) === null)
    return "Variables are not an object";
  return {
    query,
    variables: objectIn(variables) ?? {},
    operationName: typeof operationName === "string" ? operationName : null,
  };
}

function operationOf({ operations }: Document, name: string | null): Operation {
  const named = operations.filter((operation) => name === null || operation.name === name);
  const [first] = named;
  if (first === undefined)
    throw new WrongDocument("validation", name === null ? "Must provide an operation." : `Unknown operation named "${name}".`, null); // prettier-ignore
  if (named.length > 1)
    throw new WrongDocument("validation", "Must provide operation name if query contains multiple operations.", null); // prettier-ignore
  return first;
}
