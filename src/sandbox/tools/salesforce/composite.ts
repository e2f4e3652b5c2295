import { type Answer, json, type Request } from "../http.ts";
import { bodyOf, isObject, type JsonObject } from "./body.ts";
import { type Data, type DataRoute, dataRoute } from "./data-route.ts";
import { invalidInput, unreadable } from "./errors.ts";
import { filled, NoSuchReference } from "./references.ts";
import { bodyIn, type Dispatch, fine, halted, headersIn } from "./subrequests.ts";

type Step = { method: string; url: string; referenceId: string; body: unknown; headers: unknown };
type Done = { step: Step; answer: Answer };

const MOST = 25;
const MOST_HEAVY = 5;
const MOST_NODES = 500;
const HEAVY = /\/(query|queryAll|composite\/sobjects)\b/;

/** Requests that use each other's answers: `/composite`, and several such in `/composite/graph`. */
export function compositeRoutes({ organisation }: Data, dispatch: Dispatch): DataRoute[] {
  /** All steps in order; where they belong together, none is kept unless all went well. */
  function carriedOut(request: Request, steps: readonly Step[], together: boolean): Done[] {
    const answers = new Map<string, unknown>();
    const done = organisation.atomically(
      () =>
        steps.map((step): Done => {
          const answer = one(request, step, answers);
          if (fine(answer)) answers.set(step.referenceId, bodyIn(answer));
          return { step, answer };
        }),
      (all) => !together || all.every(({ answer }) => fine(answer)),
    );
    if (!together || done.every(({ answer }) => fine(answer))) return done;
    return done.map(({ step, answer }) => ({
      step,
      answer: fine(answer) ? halted(ROLLED_BACK) : answer,
    }));
  }

  function one(request: Request, step: Step, answers: ReadonlyMap<string, unknown>): Answer {
    try {
      return dispatch(request, {
        method: step.method,
        url: String(filled(step.url, answers) as string),
        body: filled(step.body, answers),
        headers: headersIn(step.headers),
      });
    } catch (error) {
      if (error instanceof NoSuchReference) return halted(error.message);
      throw error;
    }
  }

  return [
    ...dataRoute("POST", "/composite", (request) => {
      const { compositeRequest, allOrNone = false, collateSubrequests = false } = bodyOf(request);
      if (typeof allOrNone !== "boolean" || typeof collateSubrequests !== "boolean")
        throw unreadable("Cannot deserialize instance of boolean");
      const steps = stepsIn(compositeRequest, MOST);
      if (steps.filter(({ url }) => HEAVY.test(url)).length > MOST_HEAVY)
        throw invalidInput(`A composite request has at most ${String(MOST_HEAVY)} queries and collections`); // prettier-ignore
      return json(200, { compositeResponse: carriedOut(request, steps, allOrNone).map(shown) });
    }),
    ...dataRoute("POST", "/composite/graph", (request) => {
      const { graphs } = bodyOf(request);
      if (!Array.isArray(graphs) || !graphs.every(isObject))
        throw unreadable("The graphs have to be a list");
      const answered = graphs.map((graph) => {
        const done = carriedOut(request, stepsIn(graph["compositeRequest"], MOST_NODES), true);
        return {
          graphId: String(graph["graphId"] as string),
          graphResponse: { compositeResponse: done.map(shown) },
          isSuccessful: done.every(({ answer }) => fine(answer)),
        };
      });
      return json(200, { graphs: answered });
    }),
  ];
}

const ROLLED_BACK =
  "The transaction was rolled back since another operation in the same transaction failed.";

const shown = ({ step, answer }: Done) => ({
  body: bodyIn(answer),
  httpHeaders:
    answer.headers["location"] === undefined ? {} : { Location: answer.headers["location"] },
  httpStatusCode: answer.status,
  referenceId: step.referenceId,
});

function stepsIn(value: unknown, most: number): Step[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject))
    throw unreadable("The compositeRequest has to be a list of subrequests");
  if (value.length > most)
    throw invalidInput(`The request has more than ${String(most)} subrequests`);
  const steps = value.map(stepIn);
  const ids = steps.map(({ referenceId }) => referenceId);
  if (new Set(ids).size < ids.length)
    throw unreadable("The referenceId of each subrequest has to be its own");
  return steps;
}

function stepIn(step: JsonObject): Step {
  const { method, url, referenceId, body, httpHeaders } = step;
  if (typeof method !== "string" || typeof url !== "string" || typeof referenceId !== "string")
    throw unreadable("A subrequest has a method, a url and a referenceId");
  return { method, url, referenceId, body, headers: httpHeaders };
}
