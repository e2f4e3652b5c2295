import { type Answer, json } from "../http.ts";
import { bodyOf, isObject } from "./body.ts";
import { type DataRoute, dataRoute } from "./data-route.ts";
import { invalidInput, unreadable } from "./errors.ts";
import { bodyIn, type Dispatch, fine } from "./subrequests.ts";
import type { Usage } from "./usage.ts";

const MOST = 25;

/** `/composite/batch`: up to 25 requests that know nothing of each other; each counts as a call. */
export function batchRoutes(dispatch: Dispatch, usage: Usage): DataRoute[] {
  return dataRoute("POST", "/composite/batch", (request) => {
    const { batchRequests, haltOnError = false } = bodyOf(request);
    if (typeof haltOnError !== "boolean")
      throw unreadable("Cannot deserialize instance of boolean from the value of haltOnError");
    if (!Array.isArray(batchRequests) || batchRequests.length === 0)
      throw unreadable("The batchRequests have to be a list of subrequests");
    if (batchRequests.length > MOST)
      throw invalidInput(`The batch has more than ${String(MOST)} subrequests`);
    usage.count(batchRequests.length - 1);
    let failed = false;
    const answers = batchRequests.map((inner: unknown): Answer => {
      if (!isObject(inner) || typeof inner["url"] !== "string")
        throw unreadable("A subrequest has a method and a url");
      if (failed && haltOnError) return stopped;
      const answer = dispatch(request, {
        method: String(inner["method"] as string),
        url: `/services/data/${inner["url"].replace(/^\/?(services\/data\/)?/, "")}`,
        body: inner["richInput"],
        headers: {},
      });
      failed ||= !fine(answer);
      return answer;
    });
    return json(200, {
      hasErrors: failed,
      results: answers.map((answer) => ({ statusCode: answer.status, result: bodyIn(answer) })),
    });
  });
}

const stopped = json(412, [
  { errorCode: "BATCH_PROCESSING_HALTED", message: "Batch processing halted per request" },
]);
